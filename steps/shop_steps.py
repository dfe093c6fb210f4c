"""The shop: what it sells, and what a visitor sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.storefront.channel import THE_CHANNEL, used
from support.storefront.money import Money
from support.storefront.shop import sell_all
from support.storefront.website import Website

if TYPE_CHECKING:
    from support.context import Context


@given("the shop sells")
def shop_sells(context: Context) -> None:
    """Put products with their prices on the shelves (columns: product, price)."""
    sell_all(context.world, ((row["product"], Money.read(row["price"])) for row in context.table))


@when("a visitor enters the shop")
def visitor_enters_the_shop(context: Context) -> None:
    """Open the website without signing in."""
    used(context.world, Website()).enter(context.world)


@then('the visitor sees "{product}" for {price:Money}')
def visitor_sees_product(context: Context, product: str, price: Money) -> None:
    """The product stands on the shelf at that price."""
    context.world.notes[THE_CHANNEL].expect_product(context.world, product, price)
