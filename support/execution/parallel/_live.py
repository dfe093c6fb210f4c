"""How a run with workers stands, for formatters that show it: they hear of scenarios themselves late, and in order."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from .._identity import scenario_id
from ._attempts import has_failed
from ._position import RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from behave.model import Scenario

    from ._crew import Crew
    from ._ledger import Ledger

_PAUSE: Final = 0.25


@dataclass(frozen=True)
class Running:
    """A scenario that a worker is at, and for how many seconds."""

    worker: str
    scenario: Scenario
    seconds: float


@dataclass(frozen=True)
class SideBySide:
    """How it stands: the ids of all scenarios, those that have ended since the last time, and what runs now.

    Of what has ended: id, seconds, and whether it went badly. `jobs` is how many workers there are.
    """

    planned: Sequence[str]
    ended: Sequence[tuple[str, float, bool]]
    running: Sequence[Running]
    jobs: int


class Live:
    """Tells formatters that have a method `side_by_side` how the run stands, a few times a second."""

    def __init__(self, ledger: Ledger, crew: Crew, formatters: Iterable[Any]) -> None:
        self._ledger, self._crew = ledger, crew
        self._hearers = [each.side_by_side for each in formatters if hasattr(each, "side_by_side")]
        self._planned = [scenario_id(item.scenario) for item in ledger.items if not item.empty] if self._hearers else []
        self._told, self._last = 0, 0.0

    def tell(self) -> None:
        """Time has passed."""
        now = time.monotonic()
        if not self._hearers or now - self._last < _PAUSE:
            return
        self._last = now
        ended = list(islice(self._ledger.outcomes.items(), self._told, None))
        self._told += len(ended)
        news = [(self._planned[number], each["took"], has_failed(each)) for number, each in ended]
        stands = SideBySide(self._planned, news, self._running(), max(1, len(self._crew.workers)))
        for hear in self._hearers:
            hear(stands)

    def _running(self) -> list[Running]:
        found = []
        for worker in sorted(self._crew.workers.values(), key=lambda each: each.number):
            place = worker.position.read()
            if place.phase == RUNNING and place.number in range(len(self._ledger.items)):
                scenario = self._ledger.items[place.number].scenario
                found.append(Running(worker.name, scenario, place.ended - place.began))
        return found
