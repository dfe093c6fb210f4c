"""The shop: what it sells, and what a visitor sees on its shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import given, then, when

from support.core import needs
from support.storefront import shopping
from support.storefront.channel import Channel, in_use, used
from support.storefront.website import WEBSITE

if TYPE_CHECKING:
    from support.context import Context
    from support.storefront.money import Money
    from support.storefront.shopping import Sale


@given("the shop sells")
@needs("write")
def shop_sells(context: Context) -> None:
    """Put products on the shelves (columns: product, price, and stock where it matters)."""
    shopping.stock_up(context.world, context.table)


@given('a visitor has seen "{product}" for {price:Money}')
@needs("write")
def visitor_has_seen(context: Context, product: str, price: Money) -> None:
    """Make sure that the shelf has shown a product at that price."""
    shopping.have_seen(context.world, product, price)


@given('the price of "{product}" has {turn:Turn} to {price:Money}')
@needs("write")
def price_has_changed(context: Context, product: str, turn: str, price: Money) -> None:  # noqa: ARG001 - a word
    """Let a product cost something else from now on."""
    shopping.reprice(context.world, product, price)


@when('{who:Person} changes the price of "{product}" to {price:Money} {channel:Channel}')
@needs("write")
def person_changes_the_price(context: Context, who: str, product: str, price: Money, channel: Channel) -> None:
    """Try to change, behind the counter, what a product costs."""
    shopping.change_price(context.world, who, product, price, channel)


@when('{who:Person} sets the stock of "{product}" to {pieces:Count} {channel:Channel}')
@needs("write")
def person_sets_the_stock(context: Context, who: str, product: str, pieces: int, channel: Channel) -> None:
    """Try to change, behind the counter, how many pieces of a product there are."""
    shopping.change_stock(context.world, who, product, pieces, channel)


@when("{visiting:Visiting} the shop")
@needs("write")
def visitor_enters_the_shop(context: Context, visiting: str) -> None:  # noqa: ARG001 - a form of the word
    """Open the website without signing in, for the first time or once more."""
    used(context.world, WEBSITE).shopping.enter(context.world)


@then('the visitor sees "{product}" for {price:Money}')
def visitor_sees_product(context: Context, product: str, price: Money) -> None:
    """The product stands on the shelf at that price."""
    in_use(context.world).shopping.expect_product(context.world, product, price)


@then('the visitor reads {notice:Notice} beside "{product}"')
def visitor_reads_notice(context: Context, notice: str, product: str) -> None:
    """The shelf says exactly that beside the product."""
    in_use(context.world).shopping.expect_notice(context.world, product, notice)


@then('"{product}" {sale:Sale}')
def product_is_for_sale(context: Context, product: str, sale: Sale) -> None:
    """The product stands on the shelf, and can be bought; not at all; or by way of the basket only."""
    shopping.expect_sale(context.world, product, sale)


@then('{pieces:Count} "{product}" are left')
def pieces_are_left(context: Context, pieces: int, product: str) -> None:
    """So many pieces can still be ordered."""
    shopping.expect_left(context.world, product, pieces)


@then("no piece is sold twice")
@needs("read")
def no_piece_is_sold_twice(context: Context) -> None:
    """The pieces of each product that were there at first are either sold or still in the stock room."""
    shopping.expect_none_sold_twice(context.world)
