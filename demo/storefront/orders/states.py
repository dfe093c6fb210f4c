"""The states of an order, and the ways from one to the next.

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

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime


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
