"""Going to a room of the shop, and asking for what may be somebody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .accounts import be_signed_in
from .channel import Channel, used
from .people import person
from .rooms import ROOMS
from .shop import shop
from .stores import database

if TYPE_CHECKING:
    from ..world import World

_NEWEST_ORDER: Final = """
    SELECT placed.order_id FROM orders.customer_order AS placed JOIN accounts.customer USING (shop, customer_id)
    WHERE placed.shop = :shop AND customer.email = :email ORDER BY placed.placed_at DESC LIMIT 1
"""


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
