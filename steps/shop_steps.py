"""The shop: what it sells, and what a visitor sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront.channel import in_use, used
from support.storefront.shop import sell_all
from support.storefront.website import Website

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.money import Money


@given("the shop sells")
@needs("write")
def shop_sells(context: Context) -> None:
    """Put products with their prices on the shelves (columns: product, price)."""
    sell_all(context.world, context.table)


@when("a visitor enters the shop")
@needs("write")
def visitor_enters_the_shop(context: Context) -> None:
    """Open the website without signing in."""
    used(context.world, Website()).enter(context.world)


@then('the visitor sees "{product}" for {price:Money}')
def visitor_sees_product(context: Context, product: str, price: Money) -> None:
    """The product stands on the shelf at that price."""
    in_use(context.world).expect_product(context.world, product, price)
