"""An event loop in a thread of its own: Playwright's synchronous interface occupies the main thread's."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

T = TypeVar("T")


class LoopThread:
    """Runs coroutines for callers that are none; starts when it is made, ends with `close`."""

    def __init__(self, name: str) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def call(self, work: Coroutine[object, object, T], limit: float) -> T:
        """The result of the work; TimeoutError, and the work cancelled, after `limit` seconds."""
        future = asyncio.run_coroutine_threadsafe(asyncio.wait_for(work, limit), self._loop)
        return future.result()

    def close(self) -> None:
        """Cancel what still runs and end the thread."""
        if self._thread.is_alive():
            asyncio.run_coroutine_threadsafe(_cancel_others(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
