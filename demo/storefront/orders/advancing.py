"""The only place where an order changes its status: with its history, its lease and its event, or not at all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import sqlalchemy as sa

from demo.storefront.platform.telemetry import carry

from .leases import LEASE
from .states import WORK, Change, OvertakenError, Status, check
from .tables import HISTORY, ORDER

if TYPE_CHECKING:
    from datetime import datetime

    from .events import Announcer
    from .stored import StoredOrder


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
