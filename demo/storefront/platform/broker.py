"""NATS JetStream: one stream keeps the events of all shops for a day."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import nats
import structlog
from nats.errors import ConnectionClosedError
from nats.errors import Error as NatsError
from nats.js.api import StreamConfig
from nats.js.errors import NoStreamResponseError, NotFoundError
from opentelemetry.trace import SpanKind

from .events import ALL_SUBJECTS, CONTENT_TYPE, STREAM
from .telemetry import carry, spanning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nats.aio.client import Client
    from nats.js.client import JetStreamContext

TIMEOUT = 1.0
KEEP_SECONDS = 24 * 3600
RECONNECT_EVERY = 0.05
BrokerError = (NatsError, OSError, TimeoutError)
log = structlog.get_logger()


class Broker:
    """The connection of one service to the broker; it reconnects on its own."""

    def __init__(self, url: str, service: str) -> None:
        """Prepare to connect to ``url``; nothing is connected yet."""
        where = urlsplit(url)
        self._url, self._service = url, service
        self._address = (str(where.hostname), where.port or 4222)
        self._client: Client | None = None

    @property
    def connected(self) -> bool:
        """Tell whether messages can be sent now."""
        return self._client is not None and self._client.is_connected

    @property
    def stream(self) -> JetStreamContext:
        """Return the stream's interface; raise where there is no connection."""
        if self._client is None:
            raise ConnectionClosedError
        return self._client.jetstream(timeout=TIMEOUT)

    async def connect(self) -> None:
        """Connect, and create the stream where it is absent."""
        if self._client is None:
            await self._knock()
            self._client = await nats.connect(
                self._url,
                name=self._service,
                connect_timeout=1,
                reconnect_time_wait=RECONNECT_EVERY,
                max_reconnect_attempts=-1,
                error_cb=self._on_error,
            )
        await self.ensure_stream()

    async def ensure_stream(self) -> None:
        """Create the stream where it is absent."""
        try:
            await self.stream.stream_info(STREAM)
        except NotFoundError:
            config = StreamConfig(name=STREAM, subjects=[ALL_SUBJECTS], max_age=KEEP_SECONDS)
            await self.stream.add_stream(config)

    async def publish(self, subject: str, body: bytes, message_id: str) -> None:
        """Store a message in the stream once, however often it is sent; the trace goes with it."""
        event_type = subject.split(".", maxsplit=2)[2]  # the span has one name for all shops
        attributes = {
            "messaging.system": "nats",
            "messaging.operation.name": "publish",
            "messaging.operation.type": "send",
            "messaging.destination.name": subject,
            "messaging.destination.template": f"storefront.{{shop}}.{event_type}",
            "messaging.message.id": message_id,
        }
        with spanning(f"publish {event_type}", SpanKind.PRODUCER, attributes):
            headers = {"Nats-Msg-Id": message_id, "Content-Type": CONTENT_TYPE, **carry()}
            try:
                await self._send(subject, body, headers)
            except NoStreamResponseError:  # the broker lost its store
                await self.ensure_stream()
                await self._send(subject, body, headers)

    async def check(self) -> None:
        """Raise where the broker or its stream does not answer."""
        if not self.connected:
            await self._knock()
            msg = "connecting"
            raise ConnectionError(msg)
        await self.ensure_stream()

    async def close(self) -> None:
        """Close the connection."""
        if self._client is not None:
            await self._client.close()

    async def _send(self, subject: str, body: bytes, headers: Mapping[str, str]) -> None:
        await self.stream.publish(subject, body, timeout=TIMEOUT, headers=dict(headers))

    async def _knock(self) -> None:
        _reader, writer = await asyncio.wait_for(asyncio.open_connection(*self._address), TIMEOUT)
        writer.close()

    async def _on_error(self, error: Exception) -> None:
        log.debug("broker.error", reason=repr(error))
