"""Valkey: texts by key, each with a time to live."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

import valkey
from opentelemetry.trace import SpanKind
from valkey.backoff import NoBackoff
from valkey.retry import Retry

from .problems import answer_unavailable
from .telemetry import spanning

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from fastapi import FastAPI
    from opentelemetry.trace import Span

TIMEOUT = 0.5
CacheError = valkey.ValkeyError


class Cache:
    """The cache of one service."""

    def __init__(self, url: str) -> None:
        """Prepare to connect to ``url``; nothing is connected yet."""
        where = urlsplit(url)
        self._server: dict[str, str | int] = {"server.address": str(where.hostname), "server.port": where.port or 6379}
        self._client = valkey.Valkey.from_url(
            url,
            decode_responses=True,
            socket_timeout=TIMEOUT,
            socket_connect_timeout=TIMEOUT,
            retry=Retry(NoBackoff(), 1),
            retry_on_error=[valkey.ConnectionError],  # a connection that was idle while the server restarted
        )

    def read(self, key: str) -> str | None:
        """Return the text under ``key``."""
        with self._span("GET"):
            return cast("str | None", self._client.get(key))

    def write(self, key: str, text: str, seconds: int) -> None:
        """Keep ``text`` for ``seconds``."""
        with self._span("SET"):
            self._client.set(key, text, ex=seconds)

    def write_new(self, key: str, text: str, seconds: int) -> None:
        """Keep ``text`` for ``seconds``, unless something is kept under ``key``."""
        with self._span("SET"):
            self._client.set(key, text, ex=seconds, nx=True)

    def rewrite(self, key: str, text: str, seconds: int) -> None:
        """Keep ``text`` for ``seconds`` in place of what is kept under ``key``; where nothing is, nothing is kept."""
        with self._span("SET"):
            self._client.set(key, text, ex=seconds, xx=True)

    def count(self, key: str, seconds: int) -> int:
        """Count a call for ``key`` and return how many there were since a pause of ``seconds``."""
        with self._span("INCR"), self._client.pipeline(transaction=True) as both:
            both.incr(key)
            both.expire(key, seconds)
            return int(both.execute()[0])  # type: ignore[no-untyped-call]

    def forget(self, key: str) -> None:
        """Drop what is under ``key``."""
        with self._span("DEL"):
            self._client.delete(key)

    async def check(self) -> None:
        """Raise where the server does not answer."""
        await asyncio.to_thread(self._client.ping)

    def answer_outages(self, app: FastAPI) -> None:
        """Let requests that meet an outage be answered with 503."""
        answer_unavailable(app, "cache", valkey.ConnectionError, valkey.TimeoutError)

    def close(self) -> None:
        """Close all connections."""
        self._client.close()  # type: ignore[no-untyped-call]

    def _span(self, operation: str) -> AbstractContextManager[Span]:
        attributes = {"db.system.name": "valkey", "db.operation.name": operation, **self._server}
        return spanning(operation, SpanKind.CLIENT, attributes)
