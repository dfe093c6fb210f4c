"""The relay publishes what waits in an outbox, at least once, and in its order where one process does so."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from concurrent.futures import TimeoutError as FutureTimeoutError
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from opentelemetry.instrumentation.utils import suppress_instrumentation

from .broker import TIMEOUT, BrokerError
from .database import UnconfirmedError
from .logs import begin_story
from .telemetry import continued

if TYPE_CHECKING:
    from .broker import Broker
    from .database import Database

POLL_EVERY = 0.1
RETRY_AFTER = 0.1
KEEP = timedelta(days=1)  # as long as the broker keeps an event
TIDY_EVERY = 600.0  # seconds
MOST_AT_ONCE = 1000
TRANSIENT = (sa.exc.SQLAlchemyError, UnconfirmedError, FutureTimeoutError, *BrokerError)
log = structlog.get_logger()


class Relay:
    """Publishes the events of one outbox from a thread of its own."""

    def __init__(self, outbox: sa.Table, database: Database, broker: Broker) -> None:
        """Take events from ``outbox`` to ``broker``; nothing runs yet."""
        self._outbox, self._database, self._broker = outbox, database, broker
        self._news = threading.Event()
        self._stopping = threading.Event()
        self._in_trouble = False
        self._tidy_at = 0.0

    def wake(self) -> None:
        """Say that there is something to publish."""
        self._news.set()

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin to publish; the broker lives on ``loop``."""
        threading.Thread(target=self._run, args=(loop,), name="relay", daemon=True).start()

    def stop(self) -> None:
        """Take no further event; what waits is published after the next start."""
        self._stopping.set()
        self._news.set()

    def _run(self, loop: asyncio.AbstractEventLoop) -> None:
        while not self._stopping.is_set():
            self._news.wait(POLL_EVERY)
            self._news.clear()
            try:
                self._publish_all(loop)
                self._tidy_now_and_then()
            except Exception as error:  # noqa: BLE001 - whatever it was, what waits must be published one day
                self._report(error)
                self._stopping.wait(RETRY_AFTER)

    def _publish_all(self, loop: asyncio.AbstractEventLoop) -> None:
        while self._broker.connected and not self._stopping.is_set() and self._publish_next(loop):
            self._in_trouble = False

    def _publish_next(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Publish the oldest waiting event; other relays skip it meanwhile."""
        table = self._outbox
        waiting = sa.select(table).where(table.c.published_at.is_(None)).order_by(table.c.position).limit(1)
        with suppress_instrumentation(), self._database.transaction() as connection:
            row = connection.execute(waiting.with_for_update(skip_locked=True)).mappings().one_or_none()
            if row is None:
                return False
            self._publish(loop, row)
            done = sa.update(table).values(published_at=sa.func.clock_timestamp())
            connection.execute(done.where(table.c.position == row["position"], table.c.shop == row["shop"]))
        return True

    def _publish(self, loop: asyncio.AbstractEventLoop, row: sa.RowMapping) -> None:
        begin_story().update(shop=row["shop"], event_id=row["event_id"])
        with continued(row["headers"]):
            body = json.dumps(row["envelope"]).encode()
            sending = self._broker.publish(row["destination"], body, row["event_id"])
            asyncio.run_coroutine_threadsafe(sending, loop).result(3 * TIMEOUT)
            log.info("event.published", destination=row["destination"])

    def _tidy_now_and_then(self) -> None:
        """Drop some of what was published long ago; what is left over goes the next time."""
        if time.monotonic() < self._tidy_at:
            return
        self._tidy_at = time.monotonic() + TIDY_EVERY
        place, published_at = self._outbox.c.position, self._outbox.c.published_at
        old = sa.select(place).where(published_at < sa.func.clock_timestamp() - KEEP).limit(MOST_AT_ONCE)
        with suppress_instrumentation(), self._database.transaction() as connection:
            connection.execute(sa.delete(self._outbox).where(place.in_(old)))

    def _report(self, error: Exception) -> None:
        if not self._in_trouble:  # once per trouble, not ten times a second
            unexpected = None if isinstance(error, TRANSIENT) else error
            log.warning("event.delayed", reason=str(error) or type(error).__name__, exc_info=unexpected)
        self._in_trouble = True
