"""The parts of a shop that somebody can go to, for customers and for the shop's own people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .accounts import be_signed_in
from .channel import Channel, used
from .people import person
from .shop import SHOP_NAME, shop
from .stores import database

if TYPE_CHECKING:
    from ..world import World

_NEWEST_ORDER = """
    SELECT placed.order_id FROM orders.customer_order AS placed JOIN accounts.customer USING (shop, customer_id)
    WHERE placed.shop = :shop AND customer.email = :email ORDER BY placed.placed_at DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Room:
    """A part of the shop: its page with the heading there, and what the app asks for in its place, if it can.

    `{shop}` stands for the scenario's shop.
    """

    page: str
    heading: str
    app: str = ""


ROOMS: Final = {
    "shelf": Room("/", SHOP_NAME, "/catalogue/v1/shops/{shop}/products"),
    "registration": Room("/register", "Create your account"),
    "sign-in": Room("/sign-in", "Sign in"),
    "basket": Room("/basket", "Your basket", "/orders/v2/shops/{shop}/basket"),
    "checkout": Room("/checkout", "Checkout"),
    "order history": Room("/orders", "Your orders", "/orders/v2/shops/{shop}/orders"),
    "order book": Room("/office/orders", "Orders", "/orders/v2/shops/{shop}/office/orders"),
    "price list": Room("/office/products", "Products"),
    "sales book": Room("/office/sales", "Sales", "/reporting/v1/shops/{shop}/sales"),
}
"""Words for them."""


def visit(world: World, name: str, room: str, channel: Channel) -> None:
    """Go to a room: as somebody who is signed in there, or without a name as a visitor."""
    if name:
        be_signed_in(world, name, channel)
    used(world, channel).rooms.go(world, ROOMS[room])


def ask_for_order(world: World, name: str, customer: str, channel: Channel) -> None:
    """Ask for the newest order of a customer."""
    order_id = _newest_order(world, customer)
    be_signed_in(world, name, channel)
    used(world, channel).rooms.ask_for_order(world, order_id)


def _newest_order(world: World, customer: str) -> str:
    return str(database(world).value(_NEWEST_ORDER, shop=shop(world), email=person(world, customer).email))
