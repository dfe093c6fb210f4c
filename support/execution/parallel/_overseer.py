"""Whoever does not end although a limit has passed, and its own timer has rung, is ended by the conductor."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from ._position import CLOSING, OPENING, RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .._limits import Limits
    from ._plan import Item
    from ._process import Worker

_EVERY: Final = 0.5
_GRACE: Final = 10.0


class Overseer:
    """Ends workers whose scenario, or whose hook around scenarios, has not ended `grace` seconds after its limit.

    A worker that waits for something to do has no limit.
    """

    def __init__(self, items: Sequence[Item], limits: Limits, grace: float = _GRACE) -> None:
        self._items, self._limits, self._grace = items, limits, grace
        self._next = 0.0

    def watch(self, workers: Iterable[Worker]) -> None:
        """Look at all of them, if some time has passed since."""
        if (now := time.monotonic()) < self._next:
            return
        self._next = now + _EVERY
        for worker in workers:
            if why := self._overdue(worker, now):
                worker.kill(f"was ended: {why}")

    def _overdue(self, worker: Worker, now: float) -> str:
        place, limit = worker.position.read(), self._limits.scenario
        if place.phase == RUNNING:
            limit = self._limits.of(self._items[place.number].scenario)
            if now - place.since > self._limits.step + self._grace:
                return self._told("its step", self._limits.step)
            return self._told("its scenario", limit) if now - place.entered > limit + self._grace else ""
        if place.phase in {OPENING, CLOSING}:
            return self._told("a hook of its feature or rule", limit, 0) if now - place.entered > limit else ""
        if (not worker.ready or worker.ending) and now - worker.since > limit:
            return self._told("after_all" if worker.ready else "before_all", limit, 0)
        return ""

    def _told(self, what: str, limit: float, grace: float | None = None) -> str:
        late = self._grace if grace is None else grace
        more = f", and did not end within {late:g} s after that" if late else ""
        return f"{what} took longer than its limit of {limit:g} s{more}"
