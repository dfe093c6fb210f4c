"""Entries: each event of an order that moves money becomes one, however often it is delivered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

import structlog
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.money import Price

from .tables import ENTRY

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database
    from demo.storefront.platform.events import Event

log = structlog.get_logger()


class Kind(NamedTuple):
    """What an event is in the books, and which of its times decides on the day."""

    name: str
    time: str


KINDS: Final = {
    "order.placed": Kind("sale", "placed_at"),
    "order.cancelled": Kind("cancellation", "at"),
    "order.refunded": Kind("refund", "at"),
}


class Entries:
    """The books of all shops."""

    def __init__(self, database: Database) -> None:
        """Keep the entries in ``database``."""
        self._database = database

    def enter(self, event: Event) -> None:
        """Enter an event once; its id is the key, so that a second delivery changes nothing."""
        once = insert(ENTRY).values(entry_of(event)).on_conflict_do_nothing().returning(ENTRY.c.event_id)
        with self._database.transaction() as connection:
            is_new = connection.execute(once).scalar_one_or_none() is not None
        log.info("sales.entered" if is_new else "event.repeated", type=event.type)


def entry_of(event: Event) -> dict[str, object]:
    """Return the entry that an event becomes."""
    kind, data = KINDS[event.type], event.data
    total = Price.model_validate(data["total"]).money
    return {
        "shop": event.shop,
        "event_id": event.event_id,
        "kind": kind.name,
        "order_id": data["order_id"],
        "number": data["number"],
        "at": datetime.fromisoformat(data[kind.time]),
        "amount_minor": total.minor,
        "currency": total.currency,
    }
