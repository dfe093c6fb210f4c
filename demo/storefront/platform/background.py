"""Work that a service does besides answering requests, for as long as it runs."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from .patience import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

log = structlog.get_logger()


class Background:
    """A task that should never end by itself; where it does, that is logged, and its service is ready no more."""

    def __init__(self, run: Callable[[], Coroutine[None, None, None]]) -> None:
        """Prepare to ``run``; nothing runs yet."""
        self._run = run
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to work."""
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(_tell)

    async def stop(self) -> None:
        """End the work."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError, Exception):  # its error is told already
                await self._task

    async def check(self) -> None:
        """Raise where the work has ended."""
        if self._task is None or self._task.done():
            msg = "it has ended"
            raise RuntimeError(msg)


def _tell(task: asyncio.Task[None]) -> None:
    if not task.cancelled():
        error = task.exception()
        log.error("background.ended", reason=reason(error) if error else "it returned", exc_info=error)
