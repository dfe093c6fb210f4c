"""Scenarios that passed only when they were repeated: what went wrong before they did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..record import ATTEMPTS, in_words
from ._failure import Failure, failures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..record import Run, ScenarioRecord


@dataclass(frozen=True)
class Flaky:
    """A scenario as it passed at last, and the attempts that went badly before, the first first."""

    scenario: ScenarioRecord
    before: Sequence[Failure]

    @property
    def first(self) -> Failure:
        """The attempt that went wrong first: usually the one to look at."""
        return self.before[0]


def flaky(run: Run) -> list[Flaky]:
    """What is flaky in a run."""
    attempts = run.attempts
    return [
        Flaky(each, sorted(failures(attempts[each.scenario_id]), key=lambda failure: failure.scenario.attempt))
        for each in run.outcomes
        if each.verdict == "flaky"
    ]


def attempts_in_words(scenario: ScenarioRecord) -> str:
    """What became of the attempts at a scenario: `2 failed, 3 passed (of 5)`; empty if there was one."""
    return in_words(scenario.facts.get(ATTEMPTS) or ())
