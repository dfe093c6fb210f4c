"""Who works on an order: whoever took its lease, until that ends in real time.

A lease only saves work. What keeps an order right when two work on it at once is that each step may be repeated, and
that each decision is one conditional change of its row.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from .tables import ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .stored import StoredOrder

NOW = sa.func.clock_timestamp()
LEASE = NOW + timedelta(seconds=4)  # longer than the work of one request: see Deadline
PROMPT_TRIES = 3
LONGEST_PAUSE = 15.0


class Due(NamedTuple):
    """An order whose lease has ended while there was something to do."""

    shop: str
    order_id: str


def pause(tries: int) -> float:
    """Return how many seconds an order waits after so many tries: a second at first, then ever longer.

    An order that cannot be settled must not keep the bank's breaker open for all others of its shop.
    """
    return min(LONGEST_PAUSE, 2.0 ** max(0, tries - PROMPT_TRIES))


def take(connection: sa.Connection, most: int) -> Sequence[Due]:
    """Take the leases of orders that nobody works on; what others are taking is left to them.

    Whoever placed a pending order has had no final answer from the worker that is gone: from now on she awaits a mail,
    unless the order has no prices yet, and so is nothing that a mail could tell of.
    """
    due = sa.select(ORDER.c.shop, ORDER.c.order_id).where(ORDER.c.worked_until < NOW)
    due = due.order_by(ORDER.c.worked_until).limit(most).with_for_update(skip_locked=True)
    undecided = sa.and_(ORDER.c.status == "pending", ORDER.c.reason.is_(None), ORDER.c.total_minor.is_not(None))
    taking = sa.update(ORDER).where(sa.tuple_(ORDER.c.shop, ORDER.c.order_id).in_(due))
    taken = taking.values(worked_until=LEASE, awaited=ORDER.c.awaited | undecided)
    rows = connection.execute(taken.returning(ORDER.c.shop, ORDER.c.order_id))
    return [Due(shop, order_id) for shop, order_id in rows]


def hand_over(connection: sa.Connection, order: StoredOrder) -> None:
    """Let the order be taken up after a pause, where something is left to do."""
    mine = sa.update(ORDER).filter_by(shop=order.shop, order_id=order.order_id)
    again = {"worked_until": NOW + timedelta(seconds=pause(order.tries)), "tries": order.tries + 1}
    connection.execute(mine.where(ORDER.c.worked_until.is_not(None)).values(again))
