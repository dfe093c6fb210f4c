"""Placing orders, and what the books say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .accounts import be_signed_in
from .channel import Channel, used
from .money import Money
from .people import person
from .shop import shop
from .stores import database

if TYPE_CHECKING:
    from ..world import World

_ORDERS_OF_A_CUSTOMER = """
    SELECT placed.number, placed.total_minor, placed.currency
    FROM orders.customer_order AS placed JOIN accounts.customer AS customer USING (shop, customer_id)
    WHERE placed.shop = :shop AND customer.email = :email
    ORDER BY placed.placed_at DESC, placed.number DESC
"""


@dataclass(frozen=True, slots=True)
class Books:
    """What bookkeeping knows of one customer: how many orders, worth how much together."""

    orders: int
    worth: Money

    def __str__(self) -> str:
        return f"{self.orders} order{'' if self.orders == 1 else 's'} worth {self.worth}"


def order(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Order one product as a customer who is signed in on that channel."""
    be_signed_in(world, name, channel)
    used(world, channel).order(world, product, pieces)


def have_ordered(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Make sure that a customer has one more order in the books than before."""
    before = books_of(world, name).orders
    order(world, name, product, pieces, channel)
    found = books_of(world, name).orders
    assert found == before + 1, f"expected {before + 1} orders of {name} in the books, found {found}"


def order_as_visitor(world: World, product: str, pieces: int, channel: Channel) -> None:
    """Try to order without signing in."""
    used(world, channel).order(world, product, pieces)


def submit_twice(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Submit one order twice."""
    be_signed_in(world, name, channel)
    used(world, channel).order_twice(world, product, pieces)


def books_of(world: World, name: str) -> Books:
    """What the books show of that person in the scenario's shop."""
    rows = _orders_of(world, name)
    currencies = {str(row["currency"]) for row in rows} or {"GBP"}
    assert len(currencies) == 1, f"expected the orders of {name} in one currency, found {sorted(currencies)}"
    return Books(len(rows), Money(sum(int(row["total_minor"]) for row in rows), currencies.pop()))


def newest_order(world: World, name: str) -> str:
    """The number of the newest order of that person, such as A-1001."""
    rows = _orders_of(world, name)
    assert rows, f"expected an order of {name} in the books, found none"
    return str(rows[0]["number"])


def all_orders(world: World) -> int:
    """How many orders of anybody the scenario's shop has in its books."""
    return int(database(world).value("SELECT count(*) FROM orders.customer_order WHERE shop = :shop", shop=shop(world)))


def _orders_of(world: World, name: str) -> list[dict[str, Any]]:
    return database(world).rows(_ORDERS_OF_A_CUSTOMER, shop=shop(world), email=person(world, name).email)
