"""A scenario that is red or yellow, reduced to what its reader needs first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ._plain_text import cut, one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..record import Run, ScenarioRecord, StepRecord, Verdict

WHOSE: Final[Mapping[Verdict, str]] = {"failed": "product", "broken": "ours or the environment"}
"""Whose problem a verdict is; those that are nobody's are not in it."""

_NOT_RUN: Final = frozenset(("skipped", "untested"))


@dataclass(frozen=True)
class Failure:
    """What was expected, what was found instead, and where; `step` is None if it went wrong outside the steps."""

    scenario: ScenarioRecord
    step: StepRecord | None

    @property
    def title(self) -> str:
        """Feature, rule and scenario."""
        places = (self.scenario.feature, self.scenario.rule, self.scenario.name)
        return " > ".join(one_line(each) for each in places if each)

    @property
    def expected(self) -> str:
        """The sentence that did not hold; empty if it went wrong outside the steps."""
        return one_line(f"{self.step.keyword} {self.step.text}") if self.step else ""

    def found(self, most: int) -> list[str]:
        """The first lines of the message; the type of the error too where the message is not ours to word."""
        step = self.step
        if step is None:
            return [one_line(self.scenario.reason or self.scenario.status)]
        typed = step.status != "failed" and step.error_type
        said = f"{step.error_type}: {step.error}" if typed else step.error
        lines = [cut(line.rstrip()) for line in visible(said).splitlines() if line.strip()]
        return lines if len(lines) <= most else [*lines[: most - 1], f"... ({len(lines)} lines)"]

    @property
    def afterwards(self) -> str:
        """What went wrong beside it, such as a clean-up; empty if nothing did."""
        rest = self.scenario.afterwards if self.step else ""
        return one_line(rest) if rest and self.step and rest not in self.step.error else ""

    @property
    def where(self) -> str:
        """The file and line of the sentence, or of the scenario."""
        return f"{one_line(self.scenario.feature_file)}:{self.step.line if self.step else self.scenario.line}"

    @property
    def raised(self) -> str:
        """The line of code, if the trouble is ours; a promise of the product is judged by its sentence."""
        trace = self.step.trace if self.step and self.scenario.verdict == "broken" else ""
        return one_line(trace.splitlines()[-1]) if trace else ""

    @property
    def kinds(self) -> str:
        """What evidence there is: how many exhibits of each kind."""
        counts = Counter(each.kind for each in self.scenario.evidence)
        return one_line(", ".join(f"{count} {kind}" for kind, count in counts.items()))


def failures(scenarios: Iterable[ScenarioRecord]) -> list[Failure]:
    """What is red among scenarios, then what is yellow."""
    found = list(scenarios)
    return [Failure(each, _culprit(each)) for verdict in WHOSE for each in found if each.verdict == verdict]


def quiet(run: Run) -> Mapping[tuple[Verdict, str], list[ScenarioRecord]]:
    """The scenarios that were skipped or did not run, by verdict and reason (which may be empty)."""
    grouped: dict[tuple[Verdict, str], list[ScenarioRecord]] = {}
    for each in run.outcomes:
        if each.verdict in {"skipped", "not run"}:
            grouped.setdefault((each.verdict, each.reason), []).append(each)
    return grouped


def _culprit(scenario: ScenarioRecord) -> StepRecord | None:
    return next((each for each in scenario.steps if each.error and each.status not in _NOT_RUN), None)
