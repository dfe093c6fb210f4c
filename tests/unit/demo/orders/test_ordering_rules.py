"""What orders accepts, how it counts, and what customers are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from demo.storefront.orders.baskets import in_total
from demo.storefront.orders.leases import pause
from demo.storefront.orders.rules import SUNSET, basket_is_full, declined, is_overdue, order_number, price_changed
from demo.storefront.orders.schemas import BasketLine, NewOrder, Pieces
from demo.storefront.orders.stored import PricedLine
from demo.storefront.platform.lines import NewLine
from demo.storefront.platform.money import Money, Price

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
LINE = {"sku": "earl-grey", "quantity": 1}
EARL_GREY = PricedLine("earl-grey", 2, "Earl Grey", Money(500, "GBP"))
ASSAM = PricedLine("assam", 1, "Assam", Money(620, "GBP"))


def pounds(minor: int) -> Money:
    return Money(minor, "GBP")


@pytest.mark.parametrize("quantity", [1, 99])
def test_quantity_within_the_limits_is_accepted(quantity: int) -> None:
    """One piece may be ordered, and ninety-nine."""
    assert NewLine(sku="earl-grey", quantity=quantity).quantity == quantity


@pytest.mark.parametrize("quantity", [0, 100, -1, "2", 1.5, True, None])
@pytest.mark.parametrize("model", [NewLine, Pieces])
def test_quantity_beyond_the_limits_is_refused_in_plain_words(model: type[NewLine | Pieces], quantity: object) -> None:
    """What is no whole number from 1 to 99 is refused in words for a customer, in an order and in a basket."""
    with pytest.raises(ValidationError, match="Choose a quantity from 1 to 99"):
        model.model_validate({"sku": "earl-grey", "quantity": quantity})


def test_full_basket_says_what_is_in_it() -> None:
    """Who asks for too many more learns how many are there already: the number that she chose is none to mend."""
    assert basket_is_full("Assam", 98) == "You have 98 of Assam in your basket. It takes at most 99."


@pytest.mark.parametrize("count", [0, 51])
def test_order_has_at_least_one_line_and_not_too_many(count: int) -> None:
    """An order of nothing is none, and neither is one without end."""
    with pytest.raises(ValidationError, match="Order 1 to 50 products at once"):
        NewOrder.model_validate({"lines": [LINE] * count, "card": "card_1"})


def test_order_without_lines_is_one_of_the_basket() -> None:
    """Who sends no lines means the basket."""
    assert NewOrder.model_validate({"card": "card_1"}).lines is None


@pytest.mark.parametrize("card", ["4242424242424242", "card_", "card_1\n", "", "card_" + "x" * 76])
def test_card_is_its_token_and_never_its_number(card: str) -> None:
    """A card's number is refused before anybody keeps it, and the refusal does not show it."""
    with pytest.raises(ValidationError, match="send its token, not its number") as caught:
        NewOrder.model_validate({"card": card})
    assert "4242" not in caught.value.errors()[0]["msg"]


@pytest.mark.parametrize("sku", ["Earl Grey", "earl-grey\n", "", "x" * 41])
def test_product_that_cannot_be_is_refused_as_one_that_is_not(sku: str) -> None:
    """A key that no product can have is answered like one that no product has."""
    with pytest.raises(ValidationError, match="There is no product"):
        NewLine.model_validate({"sku": sku, "quantity": 1})


@pytest.mark.parametrize("amount", ["4.505", "-1", "four", ""])
def test_expected_total_is_money(amount: str) -> None:
    """What a customer expects to pay is an amount of its currency."""
    with pytest.raises(ValidationError):
        NewOrder.model_validate({"card": "card_1", "expected_total": {"amount": amount, "currency": "GBP"}})


def test_order_numbers_begin_at_1001() -> None:
    """The first order of a shop is A-1001, the second A-1002."""
    assert [order_number(1), order_number(2)] == ["A-1001", "A-1002"]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("declined", "The card was declined. Nothing was ordered."),
        ("insufficient-funds", "The card has insufficient funds. Nothing was ordered."),
        ("card-expired", "The card has expired. Nothing was ordered."),
        ("a-reason-of-tomorrow", "The card was declined. Nothing was ordered."),
        (None, "The card was declined. Nothing was ordered."),
    ],
)
def test_decline_is_told_in_plain_words(reason: str | None, words: str) -> None:
    """A customer whose card is declined reads why, and that she has no order."""
    assert declined(reason) == words


def test_order_that_costs_what_was_shown_has_no_news() -> None:
    """Nothing is said about prices where the customer pays what she expects, whatever the parts cost."""
    assert price_changed([EARL_GREY], pounds(1000), pounds(1000), {"earl-grey": pounds(450)}) is None


@pytest.mark.parametrize("expected", [pounds(999), pounds(1001), Money(1000, "EUR")])
def test_changed_price_of_the_only_product_is_named(expected: Money) -> None:
    """A cent more or less, or another currency: the one product and its price of now are named."""
    words = price_changed([EARL_GREY], pounds(1000), expected, {})
    assert words == "Earl Grey costs £5.00 now. Please check your order."


def test_changed_price_is_told_from_the_basket() -> None:
    """Of several products the one is named whose price is not that of the basket."""
    seen = {"earl-grey": pounds(450), "assam": pounds(620)}
    words = price_changed([EARL_GREY, ASSAM], pounds(1620), pounds(1520), seen)
    assert words == "Earl Grey costs £5.00 now. Please check your order."


def test_several_changed_prices_are_all_told() -> None:
    """Whatever changed is named."""
    seen = {"earl-grey": pounds(450), "assam": pounds(600)}
    words = price_changed([EARL_GREY, ASSAM], pounds(1620), pounds(1500), seen)
    assert words == "Earl Grey costs £5.00 now and Assam costs £6.20 now. Please check your order."


@pytest.mark.parametrize("seen", [{}, {"earl-grey": pounds(450)}, {"earl-grey": Money(450, "EUR")}])
def test_total_is_told_where_no_product_explains_it(seen: dict[str, Money]) -> None:
    """No product is blamed for a difference that it does not make."""
    words = price_changed([EARL_GREY, ASSAM], pounds(1620), pounds(1234), seen)
    assert words == "The order costs £16.20 now. Please check your order."


@pytest.mark.parametrize(("minutes", "overdue"), [(14.99, False), (15, True)])
def test_order_waits_until_its_goods_are_given_free(minutes: float, overdue: bool) -> None:  # noqa: FBT001
    """A second before the hold ends the order is still charged; when it ends it is not."""
    until = NOON + timedelta(minutes=15)
    assert is_overdue(until, NOON, NOON + timedelta(minutes=minutes)) is overdue


@pytest.mark.parametrize(("minutes", "overdue"), [(14.99, False), (15, True)])
def test_order_without_a_hold_waits_as_long(minutes: float, overdue: bool) -> None:  # noqa: FBT001
    """An order that was never reserved is not placed an hour later by surprise."""
    assert is_overdue(None, NOON, NOON + timedelta(minutes=minutes)) is overdue


def test_pauses_are_short_at_first_and_never_long() -> None:
    """An order is tried again after a second, then ever later, and at least every 15 seconds."""
    assert [pause(tries) for tries in range(9)] == [1, 1, 1, 1, 2, 4, 8, 15, 15]


def test_first_version_ends_at_the_end_of_june() -> None:
    """The sunset is the end of the day that was published, where the platform is at home."""
    assert SUNSET.isoformat() == "2027-06-30T23:00:00+00:00"


def line(currency: str) -> BasketLine:
    price = Price(amount="4.50", currency=currency)
    return BasketLine(sku="tea", name="Tea", quantity=1, unit_price=price, line_total=price, price_was=None)


def test_basket_is_worth_the_sum_of_its_lines() -> None:
    """The total of a basket is that of its lines, to the cent."""
    assert in_total([line("GBP"), line("GBP")]) == Price(amount="9.00", currency="GBP")


@pytest.mark.parametrize("lines", [[], [line("GBP"), line("EUR")]])
def test_basket_that_cannot_be_added_up_has_no_total(lines: list[BasketLine]) -> None:
    """An empty basket has no total, nor one of several currencies."""
    assert in_total(lines) is None
