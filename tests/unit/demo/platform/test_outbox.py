"""Events are published whatever happens, and handled however often that fails."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
import sqlalchemy as sa

from demo.storefront.platform.consumer import _retry_later
from demo.storefront.platform.database import Database, UnconfirmedError
from demo.storefront.platform.events import Event
from demo.storefront.platform.outbox import Outbox, outbox_table
from demo.storefront.platform.relay import Relay

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = outbox_table(sa.MetaData(schema="orders"))
EVENT = Event.now(type="order.placed", source="/storefront/orders", shop="adas-tea", subject="o-1", data={})


class _Database(Database):
    """A database with one connection, which stores anything."""

    def __init__(self) -> None:
        self.connection = cast("sa.Connection", SimpleNamespace(info={}, execute=lambda _statement: None))

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        yield self.connection


class _Relay(Relay):
    """A relay whose first looks fail."""

    def __init__(self, *errors: Exception) -> None:
        super().__init__(TABLE, _Database(), cast("Any", SimpleNamespace(connected=True)))
        self._errors, self.looked_again = list(errors), threading.Event()

    def _publish_next(self, loop: asyncio.AbstractEventLoop) -> bool:
        assert not loop.is_closed()
        if self._errors:
            raise self._errors.pop()
        self.looked_again.set()
        return False


@pytest.mark.parametrize("error", [UnconfirmedError(), LookupError("nobody expected this")])
def test_relay_goes_on_after_any_error(error: Exception) -> None:
    """What waits is published when the trouble is over; an error does not end the thread."""
    loop, relay = asyncio.new_event_loop(), _Relay(error)
    relay.start(loop)
    went_on = relay.looked_again.wait(5)
    relay.stop()
    loop.close()
    assert went_on


def test_relay_is_woken_by_events_only() -> None:
    """Reading wakes nobody, nor does an event that was given up with its transaction."""
    woken: list[str] = []
    outbox = Outbox(TABLE, _Database(), lambda: woken.append("now"))
    with suppress(LookupError), outbox.transaction() as connection:
        outbox.add(connection, EVENT)
        raise LookupError
    with outbox.transaction():
        pass
    assert woken == []
    with outbox.transaction() as connection:
        outbox.add(connection, EVENT)
    assert woken == ["now"]


@pytest.mark.parametrize(("deliveries", "delay"), [(1, 0.1), (2, 0.2), (7, 5.0), (100_000, 5.0)])
def test_event_is_never_given_up(deliveries: int, delay: float) -> None:
    """However often it failed, it is tried again, with ever longer pauses that have an end."""
    delays: list[float] = []

    async def nak(*, delay: float) -> None:
        delays.append(delay)

    message = SimpleNamespace(metadata=SimpleNamespace(num_delivered=deliveries), nak=nak)
    asyncio.run(_retry_later(cast("Any", message), LookupError()))
    assert delays == [delay]
