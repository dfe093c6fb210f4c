"""How long scenarios took in earlier runs: what an estimate of the rest is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..record import DURATIONS, GREEN, keep_durations, read_durations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ..record import Run

_FEWEST: Final = 3  # before that many have ended, their average says nothing of the others


def remember_durations(run: Run, reports: Path, *, newest: bool = True) -> None:
    """Keep how long each scenario took that ran, beside what is known of the others; a full disk is no trouble.

    Of a run that is not the `newest`, only what is not known by now is kept.
    """
    ran = (each for each in run.outcomes if each.verdict in {*GREEN, "failed", "broken"})
    keep_durations(reports / DURATIONS, {each.scenario_id: each.duration for each in ran}, newest=newest)


def durations(reports: Path) -> Mapping[str, float]:
    """Seconds by the stable id of a scenario; empty if nothing can be read."""
    return read_durations(reports / DURATIONS)


class Estimate:
    """How long what is left will take: what each took before and, where that is unknown, what others take now."""

    def __init__(self, planned: Iterable[str], known: Mapping[str, float]) -> None:
        self._left = set(planned)
        self._known = known
        self.total = len(self._left)
        self._ended, self._spent = set[str](), 0.0
        self._known_left = sum(known.get(each, 0.0) for each in self._left)
        self._unknown = sum(each not in known for each in self._left)

    def end(self, scenario: str, seconds: float) -> None:
        """Count one scenario as ended: once, however often it runs."""
        self._ended.add(scenario)
        self._spent += seconds
        if scenario in self._left:
            self._left.discard(scenario)
            self._known_left -= self._known.get(scenario, 0.0)
            self._unknown -= scenario not in self._known

    @property
    def ended(self) -> int:
        """How many scenarios have ended."""
        return len(self._ended)

    @property
    def left(self) -> float | None:
        """Seconds; None if nobody can tell."""
        if not self._left or (self._unknown and self.ended < _FEWEST):
            return None
        mean = self._spent / self.ended if self.ended else 0.0
        return max(self._known_left, 0.0) + self._unknown * mean
