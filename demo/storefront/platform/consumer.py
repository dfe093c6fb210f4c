"""The consumer takes events from the broker, each at least once, and acknowledges what is done."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TYPE_CHECKING

import structlog
from nats.js.api import AckPolicy, ConsumerConfig
from opentelemetry.trace import SpanKind

from .background import Background
from .broker import BrokerError
from .events import ALL_SUBJECTS, STREAM, Event, EventError
from .logs import begin_story
from .patience import reason
from .telemetry import continued, spanning

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from nats.aio.msg import Msg
    from nats.js.client import JetStreamContext
    from opentelemetry.trace import Span

    from .broker import Broker

AT_ONCE = 8
FETCH_TIMEOUT = 0.5
ACK_WITHIN = 15  # seconds; longer than a mail may take
DOUBLINGS, LONGEST_DELAY = 6, 5.0
log = structlog.get_logger()


class Consumer:
    """Hands events to ``handle``, eight at once, so that one slow shop does not stop the others.

    An event is offered until it is handled, for as long as the broker keeps it; only one that nobody can read is
    given up.
    """

    def __init__(
        self, broker: Broker, name: str, handle: Callable[[Event], None], subjects: Sequence[str] = (ALL_SUBJECTS,)
    ) -> None:
        """Take the events of ``subjects`` from ``broker``; all processes of one ``name`` share the work."""
        self._broker, self._name, self._handle, self._subjects = broker, name, handle, list(subjects)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="handle")
        self._free = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._taking: Background | None = None

    async def start(self) -> None:
        """Begin to take events."""
        await self._ensure()
        subscription = await self._broker.stream.pull_subscribe_bind(consumer=self._name, stream=STREAM)
        self._taking = Background(lambda: self._run(subscription))
        await self._taking.start()

    async def check(self) -> None:
        """Raise where no event is taken any more."""
        if self._taking is not None:
            await self._taking.check()

    async def stop(self) -> None:
        """Take no further event, and finish those at hand."""
        if self._taking is not None:
            await self._taking.stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _ensure(self) -> None:
        """Create the stream and the durable consumer where they are absent."""
        await self._broker.ensure_stream()
        config = ConsumerConfig(
            durable_name=self._name,
            filter_subjects=self._subjects,
            ack_policy=AckPolicy.EXPLICIT,
            ack_wait=ACK_WITHIN,
        )
        await self._broker.stream.add_consumer(STREAM, config)

    async def _run(self, subscription: JetStreamContext.PullSubscription) -> None:
        while True:
            await self._free.acquire()
            message = await self._next(subscription)
            if message is None:
                self._free.release()
                continue
            task = asyncio.create_task(self._process(message))
            self._tasks.add(task)
            task.add_done_callback(self._done)

    async def _next(self, subscription: JetStreamContext.PullSubscription) -> Msg | None:
        try:
            return (await subscription.fetch(1, FETCH_TIMEOUT))[0]
        except TimeoutError:
            return None
        except BrokerError as error:
            log.warning("events.unavailable", reason=reason(error))
            await asyncio.sleep(FETCH_TIMEOUT)
        with suppress(*BrokerError):  # perhaps the broker lost its store
            await self._ensure()
        return None

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._free.release()
        if not task.cancelled() and (error := task.exception()):
            log.warning("event.unsettled", reason=reason(error))

    async def _process(self, message: Msg) -> None:
        try:
            event = Event.read(message.data)
        except EventError as error:
            log.error("event.unreadable", destination=message.subject, reason=str(error))  # noqa: TRY400
            await message.term()
            return
        begin_story().update(shop=event.shop, event_id=event.event_id)
        with continued(message.headers or {}), self._span(event, message):
            loop = asyncio.get_running_loop()
            try:
                await loop.run_in_executor(self._threads, copy_context().run, self._handle, event)
            except Exception as error:  # noqa: BLE001 - whatever it was, the event must not be lost
                await _retry_later(message, error)
            else:
                await message.ack()

    def _span(self, event: Event, message: Msg) -> AbstractContextManager[Span]:
        attributes: dict[str, str | int] = {
            "messaging.system": "nats",
            "messaging.operation.name": "process",
            "messaging.operation.type": "process",
            "messaging.destination.name": message.subject,
            "messaging.consumer.group.name": self._name,
            "messaging.message.id": event.event_id,
            "messaging.nats.delivery": message.metadata.num_delivered,
        }
        return spanning(f"process {event.type}", SpanKind.CONSUMER, attributes)


async def _retry_later(message: Msg, error: Exception) -> None:
    deliveries = message.metadata.num_delivered
    delay = min(0.1 * 2 ** min(deliveries - 1, DOUBLINGS), LONGEST_DELAY)
    log.warning("event.postponed", deliveries=deliveries, seconds=delay, reason=reason(error))
    await message.nak(delay=delay)
