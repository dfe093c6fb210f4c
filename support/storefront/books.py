"""What is written down behind the counter: orders, their states, and what the stock room has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..core import Note, action, eventually
from .money import Money
from .people import person
from .shop import shop
from .states import in_words
from .stores import database

if TYPE_CHECKING:
    from ..world import World

ORDERS_BEFORE = Note[frozenset[str]]("which orders there were before somebody ordered")

_ORDERS_OF_A_CUSTOMER = """
    SELECT placed.number, placed.total_minor, placed.currency
    FROM orders.customer_order AS placed JOIN accounts.customer AS customer USING (shop, customer_id)
    WHERE placed.shop = :shop AND customer.email = :email AND placed.reason IS NULL
    ORDER BY placed.position DESC
"""
_ALL_ORDERS = "SELECT count(*) FROM orders.customer_order WHERE shop = :shop AND reason IS NULL"
_IDS = "SELECT order_id FROM orders.customer_order WHERE shop = :shop"
_NUMBER = "SELECT number FROM orders.customer_order WHERE shop = :shop AND order_id = :order_id"
_HISTORY = "SELECT order_id, status FROM orders.order_history WHERE shop = :shop ORDER BY position"


@dataclass(frozen=True, slots=True)
class Books:
    """What bookkeeping knows of one customer: how many orders, worth how much together."""

    orders: int
    worth: Money

    def __str__(self) -> str:
        return f"{self.orders} order{'' if self.orders == 1 else 's'} worth {self.worth}"


def books_of(world: World, name: str) -> Books:
    """What the books show of that person in the scenario's shop; what has a reason to be rejected is no order."""
    rows = _orders_of(world, name)
    currencies = {str(row["currency"]) for row in rows} or {"GBP"}
    assert len(currencies) == 1, f"expected the orders of {name} in one currency, found {sorted(currencies)}"
    return Books(len(rows), Money(sum(int(row["total_minor"] or 0) for row in rows), currencies.pop()))


@action("read the orders of {name} in the books")
def expect_books(world: World, name: str, expected: Books) -> None:
    """The books show these orders of that person, at the latest when all that was begun is settled."""

    def check() -> None:
        found = books_of(world, name)
        assert found == expected, f"expected {expected} of {name}, found {found}"

    eventually(check)


@action("read the orders of {name} in the books")
def expect_no_order_of(world: World, name: str) -> None:
    """The books show no order of that person; one that was begun and is undone is none."""

    def check() -> None:
        found = books_of(world, name)
        assert found.orders == 0, f"expected no order of {name}, found {found}"

    eventually(check)


def expect_no_order(world: World) -> None:
    """The books show no order of anybody."""

    def check() -> None:
        found = int(database(world).value(_ALL_ORDERS, shop=shop(world)))
        assert found == 0, f"expected no order in the books, found {found}"

    eventually(check)


@action("find the newest order of {name} in the books")
def newest_order(world: World, name: str) -> str:
    """The number of the newest order of that person, such as A-1001."""
    numbers = [str(row["number"]) for row in _orders_of(world, name) if row["number"]]
    assert numbers, f"expected a confirmed order of {name} in the books, found none"
    return numbers[0]


@action("note which orders there are")
def remember_orders(world: World) -> None:
    """Remember which orders there are, so that the one that is placed next can be told from them."""
    world.notes[ORDERS_BEFORE] = _order_ids(world)


@action("find the new order in the books")
def the_order(world: World) -> str:
    """The id of the order that was placed last in this scenario."""

    def check() -> str:
        before = world.notes[ORDERS_BEFORE]
        new = _order_ids(world) - before
        assert len(new) == 1, f"expected one order since somebody ordered, found {len(new)}"
        return next(iter(new))

    return eventually(check)


def number_of(world: World, order_id: str) -> str:
    """The number of an order, such as A-1001; empty before it is confirmed."""
    return str(database(world).value(_NUMBER, shop=shop(world), order_id=order_id) or "")


def history_of(world: World, order_id: str) -> list[str]:
    """The states that an order went through, in the words of features, the first first."""
    return _histories(world)[order_id]


def expect_history(world: World, states: list[str]) -> None:
    """The order that was placed last went through these states and no other, at the latest soon."""
    _expect_way(world, the_order(world), states)


@action("read in the books how it came there")
def _expect_way(world: World, order_id: str, states: list[str]) -> None:
    def check() -> None:
        found = history_of(world, order_id)
        assert found == states, f"expected the order to go through {_listed(states)}, it went through {_listed(found)}"

    eventually(check)


def _histories(world: World) -> dict[str, list[str]]:
    histories: dict[str, list[str]] = {}
    for row in database(world).rows(_HISTORY, shop=shop(world)):
        histories.setdefault(str(row["order_id"]), []).append(in_words(str(row["status"])))
    assert histories, "expected an order in the books, found none"
    return histories


def _orders_of(world: World, name: str) -> list[dict[str, Any]]:
    return database(world).rows(_ORDERS_OF_A_CUSTOMER, shop=shop(world), email=person(world, name).email)


def _order_ids(world: World) -> frozenset[str]:
    return frozenset(str(row["order_id"]) for row in database(world).rows(_IDS, shop=shop(world)))


def _listed(states: list[str]) -> str:
    return f"{', '.join(states)!r}"
