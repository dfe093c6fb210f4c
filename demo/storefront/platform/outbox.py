"""The outbox: events are stored with the change that caused them, and published afterwards."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from .telemetry import carry

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .database import Database
    from .events import Event

NEWS = "outbox.news"


def outbox_table(tables: sa.MetaData) -> sa.Table:
    """Return the outbox of a service's schema."""
    return sa.Table(
        "outbox",
        tables,
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("shop", sa.Text, nullable=False, index=True),
        sa.Column("event_id", sa.Text, nullable=False, unique=True),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("envelope", JSONB, nullable=False),
        sa.Column("headers", JSONB, nullable=False, comment="trace context and baggage of the change"),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.clock_timestamp()),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Index("outbox_waiting", "position", postgresql_where=sa.text("published_at IS NULL")),
    )


class Outbox:
    """Takes events; whoever publishes them is woken after the commit."""

    def __init__(self, table: sa.Table, database: Database, wake: Callable[[], None]) -> None:
        """Store events in ``table`` of ``database`` and call ``wake`` when there are new ones."""
        self._table, self._database, self._wake = table, database, wake

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """Do all of it, events included, or nothing."""
        with self._database.transaction() as connection:
            connection.info.pop(NEWS, None)  # of a transaction that was given up
            yield connection
            has_news = connection.info.pop(NEWS, False)
        if has_news:
            self._wake()

    def add(self, connection: sa.Connection, event: Event) -> None:
        """Store an event within a transaction; it is published if and only if that commits."""
        values = {
            "shop": event.shop,
            "event_id": event.event_id,
            "destination": event.destination,
            "envelope": event.envelope(),
            "headers": carry(),
        }
        connection.execute(sa.insert(self._table).values(values))
        connection.info[NEWS] = True
