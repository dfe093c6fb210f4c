"""The runs of behave in which the rows of the truth table happen: few of them, since each row needs only a scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .features import ARGUMENTS, EXPECTED, NAMESAKES, PLAIN, RULES, feature, scenario
from .rows import hook_features
from .running import OURS, Suite
from .suites import ENVIRONMENT, PROBE, STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .running import Outcome


@dataclass(frozen=True)
class Run:
    """The features of a suite, and what behave is started with."""

    features: Mapping[str, str]
    words: tuple[str, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)

    def take(self, folder: Path, *, formatter: str = OURS, runner: str = "") -> Outcome:
        """Write the suite into a folder and have behave run it."""
        suite = Suite(folder).write({"environment.py": ENVIRONMENT, "steps/steps.py": STEPS, "probe.py": PROBE})
        suite.write(self.features)
        return suite.behave("features", *self.words, formatter=formatter, runner=runner, environment=self.environment)


def _two_features(*first: str, then: str = "comes much too late") -> Mapping[str, str]:
    return {"features/a.feature": feature("A", *first), "features/b.feature": feature("B", scenario(then))}


_TOO_LATE: Final = scenario("comes too late")
_FIRST_AND_LAST: Final = _two_features(scenario("first"), then="last")
_LEFT_OUT: Final = _two_features(scenario("first"), scenario("left out", "excluded", step="a basket costs 20.00"))


def _failing_in(place: str) -> Run:
    return Run(_FIRST_AND_LAST, environment={"RUN_FAILS_IN": place})


def _ending(title: str, step: str, *words: str, tags: tuple[str, ...] = ()) -> Run:
    return Run(_two_features(scenario(title, *tags, step=step), _TOO_LATE), words)


RUNS: Final[Mapping[str, Run]] = {
    "everything": Run(
        {"features/steps.feature": PLAIN, "features/rules.feature": RULES, **NAMESAKES, **hook_features()},
        ("--tags=not @excluded",),
    ),
    "arguments": Run({"features/arguments.feature": ARGUMENTS}),
    "expected": Run({"features/expected.feature": EXPECTED}, ("--no-summary",)),
    **{place: _failing_in(place) for place in ("before_all", "after_all", "clean_up", "fixture")},
    "nothing selected": Run(_FIRST_AND_LAST, ("--tags=nothing",), {"RUN_FAILS_IN": "after_all"}),
    "killed": _ending("dies", "the process is killed"),
    "exited": _ending("dies", "the process exits"),
    "cancelled": _ending("dies", "the process is cancelled"),
    "interrupted": _ending("is interrupted", "somebody presses Ctrl-C"),
    "interrupted in a hook": _ending("is interrupted", "all is well", tags=("interrupted",)),
    "given up": _ending("gives up", "the run is given up"),
    "stopped": _ending("fails at once", "a basket costs 20.00", "--stop"),
    "dry": Run(_two_features(scenario("first"), scenario("is unknown", step="all are well")), ("--dry-run",)),
    "named": Run(_LEFT_OUT, ("--name=first",)),
    "unshown": Run(_LEFT_OUT, ("--tags=not @excluded", "--no-skipped")),
}
