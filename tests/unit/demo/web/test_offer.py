"""What the owner may enter of a product."""

from __future__ import annotations

import re

import pytest

from demo.storefront.platform.money import Money
from demo.storefront.web.offer import Offer, sku_of


@pytest.mark.parametrize(
    ("name", "sku"),
    [("Earl Grey", "earl-grey"), ("  Crème brûlée!  ", "creme-brulee"), ("N° 5", "n-5"), ("x" * 60, "x" * 40)],
)
def test_key_follows_from_the_name(name: str, sku: str) -> None:
    """A product's key is its name in small letters, digits and hyphens, and not too long."""
    assert sku_of(name) == sku


def test_name_without_letters_of_ours_has_a_drawn_key() -> None:
    """A name of which nothing is left gets a key of its own, each time another."""
    drawn = {sku_of("煎茶"), sku_of("煎茶")}
    assert len(drawn) == 2
    assert all(re.fullmatch(r"product-[0-9a-f]{8}", sku) for sku in drawn)


def test_empty_stock_leaves_the_stock_as_it_is() -> None:
    """Who changes only the price says nothing of the stock."""
    offer = Offer("Earl Grey", "4.50", "GBP", "")
    assert (offer.price, offer.pieces, offer.mistakes()) == (Money(450, "GBP"), None, [])


@pytest.mark.parametrize("stock", ["0", "1000000"])
def test_stock_of_allowed_size_is_accepted(stock: str) -> None:
    """From nothing to a million pieces."""
    assert Offer("Tea", "1", "GBP", stock).pieces == int(stock)


@pytest.mark.parametrize("stock", ["-1", "1000001", "1.5", "x", "²"])
def test_what_is_no_stock_is_told_at_its_field(stock: str) -> None:
    """What is no number of pieces is told at the field of that product."""
    (mistake,) = Offer("Tea", "1", "GBP", stock).mistakes("-tea")
    assert mistake.field == "stock-tea"


@pytest.mark.parametrize(
    ("amount", "currency", "example"), [("x", "GBP", "4.50"), ("4.505", "GBP", "4.50"), ("4.5", "JPY", "450")]
)
def test_what_is_no_price_is_told_with_an_example(amount: str, currency: str, example: str) -> None:
    """What is no price is told with one of that currency."""
    (mistake,) = Offer("Tea", amount, currency).mistakes()
    assert mistake.message == f"Enter a price such as {example}."


def test_new_product_needs_a_name() -> None:
    """Everything that is missing is told at once."""
    assert [mistake.field for mistake in Offer("", "", "GBP").mistakes()] == ["name", "amount"]
