"""Spans by trace, bounded: the traces that were begun first are forgotten first."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from ._otlp import ReceivedSpan

MOST_TRACES: Final = 20_000
MOST_BYTES: Final = 24 * 1024 * 1024
"""As they were sent; in memory they take about eight times that (830 MB were seen of 100)."""


@dataclass(slots=True)
class _Trace:
    spans: list[ReceivedSpan] = field(default_factory=list)
    size: int = 0
    arrived: asyncio.Event = field(default_factory=asyncio.Event)


class SpanStore:
    """The spans of at most so many traces and bytes (as they were sent); used on one event loop."""

    def __init__(self, most_traces: int = MOST_TRACES, most_bytes: int = MOST_BYTES) -> None:
        self._traces: OrderedDict[str, _Trace] = OrderedDict()
        self._most_traces, self._most_bytes, self._bytes = most_traces, most_bytes, 0

    def add(self, spans: Iterable[ReceivedSpan]) -> None:
        """Keep spans, and wake those who wait for them."""
        for span in spans:
            trace = self._traces.setdefault(span.trace_id, _Trace())
            trace.spans.append(span)
            trace.size += span.size
            self._bytes += span.size
            trace.arrived.set()
        while self._traces and (len(self._traces) > self._most_traces or self._bytes > self._most_bytes):
            _, oldest = self._traces.popitem(last=False)
            self._bytes -= oldest.size

    def of(self, trace_id: str) -> list[ReceivedSpan]:
        """The spans of a trace that have arrived so far, in the order of their start."""
        trace = self._traces.get(trace_id)
        return sorted(trace.spans, key=lambda each: each.span.start_time_unix_nano) if trace else []

    async def wait(
        self, trace_id: str, *, at_least: int, services: Collection[str], settle: float, limit: float
    ) -> list[ReceivedSpan]:
        """The spans of a trace, once there are so many, all the services are among them and none came for `settle` s.

        After `limit` seconds those that have arrived: what is missing is for the asker to judge.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + limit
        while (left := end - loop.time()) > 0:
            found = self.of(trace_id)
            complete = len(found) >= at_least and set(services) <= {span.service for span in found}
            if complete and not await self._arrives(trace_id, min(settle, left)):
                break
            if not complete:
                await self._arrives(trace_id, left)
        return self.of(trace_id)

    async def _arrives(self, trace_id: str, limit: float) -> bool:
        """Whether a span of that trace comes in time."""
        if limit <= 0:
            return False
        waiting = self._traces.setdefault(trace_id, _Trace())
        waiting.arrived.clear()
        try:
            await asyncio.wait_for(waiting.arrived.wait(), limit)
        except TimeoutError:
            return False
        return True
