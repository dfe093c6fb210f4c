"""The states of an order, and the only way from one to the next.

::

    pending ----> confirmed ----> shipped ----> delivered
       |              |              |              |
       v              v              +------+-------+
    rejected     cancelling                 v
                      |                 refunding
                      v                     |
                  cancelled                 v
                                        refunded
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

import sqlalchemy as sa

from demo.storefront.platform.telemetry import carry

from .leases import LEASE
from .tables import HISTORY, ORDER

if TYPE_CHECKING:
    from datetime import datetime

    from .events import Announcer
    from .stored import StoredOrder


class Status(StrEnum):
    """Where an order is on its way."""

    PENDING = "pending"
    CONFIRMED = "confirmed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    REFUNDING = "refunding"
    REFUNDED = "refunded"
    REJECTED = "rejected"


class Change(NamedTuple):
    """An order became ``status`` at that time of the shop's clock."""

    status: Status
    at: datetime


TRANSITIONS: Final = MappingProxyType[Status, frozenset[Status]](
    {
        Status.PENDING: frozenset({Status.CONFIRMED, Status.REJECTED}),
        Status.CONFIRMED: frozenset({Status.SHIPPED, Status.CANCELLING}),
        Status.SHIPPED: frozenset({Status.DELIVERED, Status.REFUNDING}),
        Status.DELIVERED: frozenset({Status.REFUNDING}),
        Status.CANCELLING: frozenset({Status.CANCELLED}),
        Status.REFUNDING: frozenset({Status.REFUNDED}),
        Status.CANCELLED: frozenset(),
        Status.REFUNDED: frozenset(),
        Status.REJECTED: frozenset(),
    }
)
WORK: Final = frozenset({Status.PENDING, Status.CANCELLING, Status.REFUNDING})


class IllegalTransitionError(Exception):
    """An order cannot become that from what it is."""

    def __init__(self, now: Status, to: Status) -> None:
        """Say what the order is ``now``, and what it should have become."""
        possible = ", ".join(sorted(TRANSITIONS[now])) or "nothing else"
        super().__init__(f"An order that is {now} cannot become {to}; it can become {possible}.")
        self.now, self.to = now, to


class OvertakenError(Exception):
    """Somebody else has decided about the order meanwhile; read it again."""


def check(now: Status, to: Status) -> None:
    """Raise IllegalTransitionError unless an order may go from ``now`` to ``to``."""
    if to not in TRANSITIONS[now]:
        raise IllegalTransitionError(now, to)


def advance(
    connection: sa.Connection,
    order: StoredOrder,
    to: Status,
    *,
    at: datetime,
    announcer: Announcer,
    number: str | None = None,
) -> StoredOrder:
    """Bring an order from the status in which it was read to the next, with its history and its event.

    Raise IllegalTransitionError where the table knows no such way, and OvertakenError where the order has left its
    status meanwhile; the transaction of ``connection`` must then be given up.
    """
    check(order.status, to)
    history = [*order.history, Change(to, at)]
    changed = replace(order, status=to, number=number or order.number, tries=0, history=history)
    _store(connection, changed, order.status)
    announcer.announce(connection, changed, at)
    return changed


def _store(connection: sa.Connection, changed: StoredOrder, before: Status) -> None:
    """Store the last step of an order's history, and what follows from it, unless the order has left ``before``."""
    key, to = {"shop": changed.shop, "order_id": changed.order_id}, changed.status
    work = {"worked_until": LEASE, "headers": carry()} if to in WORK else {"worked_until": None}
    values = {"status": to, "number": changed.number, "tries": 0, **work}
    if connection.execute(sa.update(ORDER).filter_by(**key, status=before).values(values)).rowcount != 1:
        msg = f"order {changed.order_id} is no longer {before}"
        raise OvertakenError(msg)
    connection.execute(sa.insert(HISTORY).values(**key, status=to, at=changed.history[-1].at))
