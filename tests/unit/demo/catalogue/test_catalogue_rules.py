"""What a shop may offer, what may be reserved, and what customers are told of what is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import ValidationError

from demo.storefront.catalogue.rules import HOLD, Left, Wanted, notice, shortages, total_of, unknown_products
from demo.storefront.catalogue.schemas import NewProduct, NewReservation
from demo.storefront.platform.lines import NewLine
from demo.storefront.platform.money import Money
from demo.storefront.platform.problems import Problem

PRICE = {"amount": "4.50", "currency": "GBP"}


def product(**changes: object) -> NewProduct:
    return NewProduct.model_validate({"name": "Earl Grey", "price": PRICE, **changes})


@pytest.mark.parametrize("stock", [0, 1_000_000])
def test_stock_within_the_limits_is_accepted(stock: int) -> None:
    """A shop may have no pieces of a product, and a million."""
    assert product(stock=stock).stock == stock


@pytest.mark.parametrize("stock", [-1, 1_000_001, "2", 1.5, True])
def test_stock_beyond_the_limits_is_refused_in_plain_words(stock: object) -> None:
    """What is no whole number of pieces up to a million is refused with the limits."""
    with pytest.raises(ValidationError, match="Enter a stock from 0 to 1,000,000 pieces"):
        product(stock=stock)


def test_stock_that_is_not_said_is_no_stock_of_zero() -> None:
    """Who changes only a price leaves the stock alone."""
    assert product().stock is None


def test_product_costs_more_than_nothing() -> None:
    """A shop asks for more than nothing."""
    with pytest.raises(ValidationError, match="Ask for more than nothing"):
        product(price={"amount": "0.00", "currency": "GBP"})


def test_product_costs_less_than_a_million() -> None:
    """The highest price is accepted; a nought too many is refused in words."""
    assert product(price={"amount": "999999.99", "currency": "GBP"}).price.money.minor == 99_999_999
    with pytest.raises(ValidationError, match=r"Ask for less than 1,000,000\."):
        product(price={"amount": "1000000", "currency": "JPY"})


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "Earl\nGrey"])
def test_name_that_fits_no_label_is_refused(name: str) -> None:
    """A name that is empty, too long, or of several lines is refused with the limits."""
    with pytest.raises(ValidationError, match="Enter a name of 1 to 80 characters"):
        product(name=name)


def test_spaces_around_a_name_are_dropped() -> None:
    """What was typed around a name is no part of it."""
    assert product(name="  Earl Grey ").name == "Earl Grey"


@pytest.mark.parametrize("quantity", [0, 100, "2", 1.5, True, None])
def test_quantity_beyond_the_limits_is_refused_in_plain_words(quantity: object) -> None:
    """What is no whole number from 1 to 99 is refused in words for a customer."""
    with pytest.raises(ValidationError, match="Choose a quantity from 1 to 99"):
        NewLine.model_validate({"sku": "earl-grey", "quantity": quantity})


@pytest.mark.parametrize("sku", ["", "EARL", "earl grey", "a\x00b", "a" * 41, "-a", "a\n"])
def test_key_that_no_product_can_have_is_an_unknown_product(sku: str) -> None:
    """A malformed key is answered like an unknown one, in words for a customer."""
    with pytest.raises(ValidationError, match="There is no product"):
        NewLine.model_validate({"sku": sku, "quantity": 1})


@pytest.mark.parametrize("count", [0, 51])
def test_reservation_has_at_least_one_line_and_not_too_many(count: int) -> None:
    """A reservation of nothing is none, and neither is one without end."""
    with pytest.raises(ValidationError, match="Order 1 to 50 products at once"):
        NewReservation.model_validate({"lines": [{"sku": "earl-grey", "quantity": 1}] * count})


@pytest.mark.parametrize(
    ("available", "expected"), [(4, None), (3, "Only 3 left"), (1, "Only 1 left"), (0, "Sold out")]
)
def test_shelf_tells_of_few_pieces_where_the_shop_wants_that(available: int, expected: str | None) -> None:
    """Where the feature is on, the shelf says how many are left from three pieces down."""
    assert notice(available, tells_of_few=True) == expected


@pytest.mark.parametrize(("available", "expected"), [(1, None), (0, "Sold out")])
def test_shelf_tells_always_what_is_sold_out(available: int, expected: str | None) -> None:
    """Where the feature is off, few pieces are no news, and none are."""
    assert notice(available, tells_of_few=False) == expected


@pytest.mark.parametrize(
    ("pieces", "words"),
    [(2, "Only 2 of Earl Grey are left."), (1, "Only 1 of Earl Grey is left."), (0, "Earl Grey is sold out.")],
)
def test_shortage_says_how_many_can_be_had(pieces: int, words: str) -> None:
    """Who wants more than there is learns how many there are, and where to change that."""
    (error,) = shortages([Wanted("earl-grey", pieces + 1)], {"earl-grey": Left("Earl Grey", pieces)})
    assert (error.detail, error.pointer) == (words, "#/lines/0/quantity")


def test_all_that_is_left_can_be_had() -> None:
    """The last piece may be reserved."""
    assert shortages([Wanted("earl-grey", 2)], {"earl-grey": Left("Earl Grey", 2)}) == []


def test_lines_of_one_product_share_its_stock() -> None:
    """Two lines of one product do not get the same piece twice."""
    wanted = [Wanted("earl-grey", 2), Wanted("earl-grey", 2)]
    assert [error.pointer for error in shortages(wanted, {"earl-grey": Left("Earl Grey", 3)})] == ["#/lines/1/quantity"]


def test_every_unknown_product_is_pointed_to() -> None:
    """All unknown products are named at once, each at its line."""
    errors = unknown_products([Wanted("a", 1), Wanted("b", 1), Wanted("c", 1)], ["b"])
    assert [(error.detail, error.pointer) for error in errors] == [
        ("There is no product 'a'.", "#/lines/0/sku"),
        ("There is no product 'c'.", "#/lines/2/sku"),
    ]


def test_total_is_the_sum_to_the_cent() -> None:
    """No cent is lost in a sum, which floating point would lose."""
    assert total_of([Money(10, "GBP")] * 3 + [Money(1999, "GBP")]) == Money(2029, "GBP")


def test_currencies_are_not_mixed() -> None:
    """A reservation of two currencies is refused, and its lines are pointed to."""
    with pytest.raises(Problem) as caught:
        total_of([Money(1, "GBP"), Money(1, "EUR")])
    assert (caught.value.status, caught.value.errors[0].pointer) == (422, "#/lines")


def test_hold_lasts_a_quarter_of_an_hour() -> None:
    """Pieces are held for fifteen minutes."""
    assert timedelta(minutes=15) == HOLD
