"""Placing orders, and what the books say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .accounts import sign_in
from .channel import THE_CHANNEL, Channel, used
from .money import Money
from .people import person
from .shop import shop
from .stores import database

if TYPE_CHECKING:
    from ..world import World


@dataclass(frozen=True, slots=True)
class Books:
    """What bookkeeping knows of one customer: how many orders, worth how much together."""

    orders: int
    worth: Money

    def __str__(self) -> str:
        return f"{self.orders} order{'' if self.orders == 1 else 's'} worth {self.worth}"


def order(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Order one product as a customer who is signed in on that channel."""
    _be_signed_in(world, name, channel)
    used(world, channel).order(world, product, pieces)


def order_as_visitor(world: World, product: str, pieces: int, channel: Channel) -> None:
    """Try to order without signing in."""
    used(world, channel).order(world, product, pieces)


def submit_twice(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Submit one order twice."""
    _be_signed_in(world, name, channel)
    used(world, channel).order_twice(world, product, pieces)


def books(world: World, name: str) -> Books:
    """What the books show of that person in the scenario's shop."""
    row = database(world).one(
        """
        SELECT count(*) AS orders, coalesce(sum(placed.total_minor), 0) AS worth
        FROM orders.customer_order AS placed JOIN accounts.customer AS customer USING (shop, customer_id)
        WHERE placed.shop = :shop AND customer.email = :email
        """,
        shop=shop(world),
        email=person(world, name).email,
    )
    return Books(int(row["orders"]), Money(int(row["worth"])))


def _be_signed_in(world: World, name: str, channel: Channel) -> None:
    """Sign in on a channel that this person does not use yet."""
    if world.notes.get(THE_CHANNEL) != channel:
        sign_in(world, person(world, name), channel)
