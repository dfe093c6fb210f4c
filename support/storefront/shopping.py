"""What the shop sells at which price, and what customers collect in their baskets."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from ..core import Note, action, eventually
from .accounts import be_signed_in
from .channel import Channel, in_use, used
from .shop import FRONT, PLENTY, as_operator, sell_all, shelf_place, shop, sku
from .stores import database
from .website import WEBSITE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..context import Table
    from ..world import World
    from .basket import BasketLine
    from .money import Money

THE_STOCK = Note[dict[str, int]]("how many pieces of each product the shop had at first")

_SOLD: Final = """
    SELECT COALESCE(sum(line.quantity), 0) FROM orders.order_line AS line
    JOIN orders.customer_order AS placed USING (shop, order_id)
    WHERE shop = :shop AND line.sku = :sku AND placed.status NOT IN ('pending', 'rejected', 'cancelling', 'cancelled')
"""
_IN_STOCK: Final = "SELECT on_hand FROM catalogue.product WHERE shop = :shop AND sku = :sku"


class Sale(Enum):
    """Whether a product on the shelf can be bought; the words for it."""

    OPEN = "is for sale"
    CLOSED = "is not for sale"
    NOT_AT_ONCE = "is not for sale at once"


def stock_up(world: World, goods: Table) -> None:
    """Put products on the shelves (columns: product, price, and stock where it matters)."""
    sell_all(world, goods)
    rows = [row.as_dict() for row in goods]
    world.notes[THE_STOCK] = {row["product"]: int(row.get("stock", PLENTY)) for row in rows}


def reprice(world: World, product: str, price: Money) -> None:
    """Let a product cost something else from now on."""
    path = shelf_place(world, product)
    as_operator(world, "PUT", path, {"name": product, "price": price.as_json()})


def change_price(world: World, name: str, product: str, price: Money, channel: Channel) -> None:
    """Try to change what a product costs, as somebody who works for the shop or not."""
    be_signed_in(world, name, channel)
    used(world, channel).office.reprice(world, product, price)


def change_stock(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Try to change how many pieces of a product there are."""
    be_signed_in(world, name, channel)
    used(world, channel).office.restock(world, product, pieces)


def have_seen(world: World, product: str, price: Money) -> None:
    """Make sure that a visitor has seen a product at that price."""
    WEBSITE.shopping.enter(world)
    WEBSITE.shopping.expect_product(world, product, price)


def expect_sale(world: World, product: str, sale: Sale) -> None:
    """The shelf that is looked at lets the product be bought so."""
    shelf = in_use(world).shopping
    if sale is Sale.NOT_AT_ONCE:
        shelf.expect_not_at_once(world, product)
    else:
        shelf.expect_offered(world, product, offered=sale is Sale.OPEN)


def put(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Put something into the basket of a customer who is signed in on that channel, or try to as a visitor."""
    if name:
        be_signed_in(world, name, channel)
    _put(world, product, pieces, used(world, channel))


def have_put(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Make sure that somebody has put something into her basket."""
    put(world, name, product, pieces, channel)
    with world.action("look into the basket"):
        channel.shopping.expect_holds(world, product, pieces)


def change(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Have another number of pieces in the basket."""
    be_signed_in(world, name, channel)
    used(world, channel).shopping.change(world, product, pieces)


def take_out(world: World, name: str, product: str, channel: Channel) -> None:
    """Take a product out of the basket."""
    be_signed_in(world, name, channel)
    used(world, channel).shopping.take_out(world, product)


def expect_basket(world: World, name: str, lines: Sequence[BasketLine]) -> None:
    """The basket of that person holds these products and no other, on the channel in use."""
    be_signed_in(world, name, in_use(world))
    in_use(world).shopping.expect_basket(world, lines)


def expect_worth(world: World, name: str, worth: Money | None) -> None:
    """The basket of that person costs that much, on the channel in use; nothing is in it where that is None."""
    be_signed_in(world, name, in_use(world))
    if worth is None:
        in_use(world).shopping.expect_basket(world, [])
    else:
        in_use(world).shopping.expect_worth(world, worth)


def expect_left(world: World, product: str, pieces: int) -> None:
    """So many pieces can still be ordered, at the latest when all that was begun is settled."""

    def check() -> None:
        found = _available(world, product)
        assert found == pieces, f"expected {pieces} {product} to be left, found {found}"

    eventually(check)


def expect_none_sold_twice(world: World) -> None:
    """Of each product the pieces that were there at first are either sold or still in the stock room."""
    for product, at_first in world.notes[THE_STOCK].items():
        _expect_conserved(world, product, at_first)


@action("put {pieces} {product} into the basket {channel}")
def _put(world: World, product: str, pieces: int, channel: Channel) -> None:
    channel.shopping.put(world, product, pieces)


@action("count what was sold and what is left of {at_first} {product}")
def _expect_conserved(world: World, product: str, at_first: int) -> None:
    def check() -> None:
        where = {"shop": shop(world), "sku": sku(product)}
        sold = int(database(world).value(_SOLD, **where))
        left = int(database(world).value(_IN_STOCK, **where))
        assert sold + left == at_first, f"expected {at_first} {product} in all, found {sold} sold and {left} left"

    eventually(check)


def _available(world: World, product: str) -> int:
    answer = world.http(FRONT).get(shelf_place(world, product))
    return int(answer.json()["available"])
