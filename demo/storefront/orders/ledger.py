"""The decisions about a pending order; each is one transaction on its locked row.

Whoever works on an order asks other desks without holding any lock, so two may work on it at once: the first worker,
slow, and the recoverer. What keeps them from contradicting each other is written here: a pending order either gets a
reason, then it can only be undone, or it becomes confirmed, then it can only be cancelled.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.money import Money

from . import submissions
from .advancing import advance
from .leases import hand_over
from .rules import order_number
from .schemas import Order
from .states import OvertakenError, Status
from .stored import StoredLine, StoredOrder, load_one
from .tables import BASKET, COUNTER, LINE, ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from demo.storefront.platform.outbox import Outbox
    from demo.storefront.platform.problems import Problem

    from .events import Announcer
    from .stored import PricedLine


class Ledger:
    """Writes down what was decided."""

    def __init__(self, outbox: Outbox, announcer: Announcer) -> None:
        """Write to the outbox's database."""
        self._outbox, self._announcer = outbox, announcer

    def find(self, shop: str, order_id: str) -> StoredOrder | None:
        """Return an order as it is now."""
        with self._outbox.transaction() as connection:
            return load_one(connection, shop, order_id)

    def prices_seen(self, order: StoredOrder) -> Mapping[str, Money]:
        """Return the prices of the basket that is ordered; none where lines were ordered by themselves."""
        if not order.from_basket:
            return {}
        with self._outbox.transaction() as connection:
            query = sa.select(BASKET).filter_by(shop=order.shop, customer_id=order.customer_id)
            rows = connection.execute(query).mappings().all()
        return {row["sku"]: Money(row["price_minor"], row["currency"]) for row in rows}

    def price(
        self, order: StoredOrder, lines: Sequence[PricedLine], total: Money, reserved_until: datetime
    ) -> StoredOrder:
        """Write down what the order costs; only afterwards may anybody charge for it."""
        prices = {"total_minor": total.minor, "currency": total.currency, "reserved_until": reserved_until}
        with self._outbox.transaction() as connection:
            _undecided(connection, order)
            connection.execute(sa.update(ORDER).filter_by(**_key(order)).values(prices))
            for position, line in enumerate(lines, 1):
                mine = sa.update(LINE).filter_by(**_key(order), position=position)
                connection.execute(mine.values(name=line.name, unit_price_minor=line.unit_price.minor))
        stored = [StoredLine(*line) for line in lines]
        return replace(order, total=total, lines=stored, reserved_until=reserved_until)

    def refuse(self, order: StoredOrder, problem: Problem) -> StoredOrder:
        """Decide that the order is undone; the problem becomes the key's answer, but an outage frees the key."""
        with self._outbox.transaction() as connection:
            now = _undecided(connection, order)
            reason = words(problem)
            connection.execute(sa.update(ORDER).filter_by(**_key(order)).values(reason=reason))
            if problem.status == HTTPStatus.SERVICE_UNAVAILABLE:
                submissions.free(connection, order)
            else:
                submissions.keep(connection, order, problem)
        return replace(now, reason=reason)

    def reject(self, order: StoredOrder, at: datetime) -> None:
        """Close an order of which nothing is left."""
        with self._outbox.transaction() as connection:
            advance(connection, order, Status.REJECTED, at=at, announcer=self._announcer)

    def confirm(self, order: StoredOrder, at: datetime) -> StoredOrder:
        """Give the paid order its number, keep the key's answer and take what was ordered out of the basket."""
        with self._outbox.transaction() as connection:
            now = _undecided(connection, order)
            number = _next_number(connection, order.shop)
            confirmed = advance(connection, now, Status.CONFIRMED, at=at, announcer=self._announcer, number=number)
            submissions.keep(connection, order, Order.of(confirmed))
            if order.from_basket:
                _take_out_of_basket(connection, order)
        return confirmed

    def promise(self, shop: str, order_id: str) -> StoredOrder | None:
        """Promise the customer a mail about a reserved order that is undecided; nothing where it is not."""
        with self._outbox.transaction() as connection:
            now = load_one(connection, shop, order_id, lock=True)
            if now is None or now.status is not Status.PENDING or now.reason is not None or now.total is None:
                return None
            connection.execute(sa.update(ORDER).filter_by(**_key(now)).values(awaited=True))
            return now

    def leave(self, order: StoredOrder) -> None:
        """Leave what is left to do to the recoverer."""
        with self._outbox.transaction() as connection:
            hand_over(connection, order)


def words(problem: Problem) -> str:
    """Return why in words for the customer: what is wrong with a field says more than that something is."""
    return problem.errors[0].detail if problem.errors else problem.detail


def _key(order: StoredOrder) -> dict[str, str]:
    return {"shop": order.shop, "order_id": order.order_id}


def _undecided(connection: sa.Connection, order: StoredOrder) -> StoredOrder:
    """Lock and return the order as it is now; raise OvertakenError where it is no longer pending, or being undone."""
    now = load_one(connection, order.shop, order.order_id, lock=True)
    if now is None or now.status is not Status.PENDING or now.reason is not None:
        msg = f"order {order.order_id} is already decided"
        raise OvertakenError(msg)
    return now


def _next_number(connection: sa.Connection, shop: str) -> str:
    """Count up; the row stays locked until the order is confirmed, so that no number is lost or given twice."""
    first = insert(COUNTER).values(shop=shop, last_number=1)
    count = first.on_conflict_do_update(
        index_elements=[COUNTER.c.shop], set_={"last_number": COUNTER.c.last_number + 1}
    )
    return order_number(connection.execute(count.returning(COUNTER.c.last_number)).scalar_one())


def _take_out_of_basket(connection: sa.Connection, order: StoredOrder) -> None:
    """Take out what was ordered; what the customer has put in meanwhile stays."""
    for line in order.lines:
        this = {"shop": order.shop, "customer_id": order.customer_id, "sku": line.sku}
        connection.execute(sa.delete(BASKET).filter_by(**this).where(BASKET.c.quantity <= line.quantity))
        rest = sa.update(BASKET).filter_by(**this).values(quantity=BASKET.c.quantity - line.quantity)
        connection.execute(rest)
