"""What the storefront promises about money."""

from __future__ import annotations

import pytest

from demo.storefront.platform.money import Money


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("4.50", "GBP", 450), ("4.5", "GBP", 450), ("4", "EUR", 400), ("0.01", "USD", 1), ("450", "JPY", 450)],
)
def test_amount_becomes_minor_units(amount: str, currency: str, minor: int) -> None:
    """A decimal amount is read as a whole number of the currency's smallest unit."""
    assert Money.parse(amount, currency) == Money(minor, currency)


@pytest.mark.parametrize("amount", ["", "-1", "+1", "1.", ".5", "4.501", "4,50", "1e3", "٤", " 4", "4\n", "NaN"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    """What a shopkeeper would not write on a label is refused, with an example."""
    with pytest.raises(ValueError, match=r"is no amount of GBP; write it like '4\.50'"):
        Money.parse(amount, "GBP")


def test_currency_without_minor_units_takes_no_fraction() -> None:
    """There is no half yen."""
    with pytest.raises(ValueError, match="is no amount of JPY"):
        Money.parse("450.5", "JPY")


def test_unknown_currency_is_refused_with_the_known_ones() -> None:
    """A currency that the platform does not know is refused, and the known ones are named."""
    with pytest.raises(ValueError, match="'XXX' is no currency of this platform; choose one of GBP, EUR"):
        Money.parse("1", "XXX")


@pytest.mark.parametrize(
    ("money", "text"),
    [(Money(450, "GBP"), "£4.50"), (Money(5, "EUR"), "€0.05"), (Money(900, "JPY"), "¥900")],
)
def test_customers_read_symbol_and_all_digits(money: Money, text: str) -> None:
    """A customer reads the currency's symbol and all of its digits."""
    assert str(money) == text


def test_ten_pieces_cost_ten_times_as_much() -> None:
    """No penny is lost by multiplying and adding, which floating point would lose."""
    assert Money(10, "GBP") * 3 + Money(20, "GBP") * 99 == Money(2010, "GBP")


def test_currencies_do_not_mix() -> None:
    """Pounds and euros have no sum."""
    with pytest.raises(ValueError, match="cannot add GBP and EUR"):
        Money(1, "GBP") + Money(1, "EUR")


def test_sum_of_the_largest_order_can_be_read_again() -> None:
    """What fifty lines of ninety-nine of the dearest pieces cost is still an amount."""
    total = Money(99_999_999, "GBP") * (50 * 99)
    assert Money.parse(total.amount, "GBP") == total
