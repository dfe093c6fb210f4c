"""A run as its readers see it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._attempts import by_scenario, judged
from ._verdict import GREEN, VERDICTS, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._lines import FixtureRecord, RunFinished, RunStarted, ScenarioRecord, ScenarioStarted


@dataclass(frozen=True)
class Run:
    """A record that was read.

    `scenarios` are all attempts in the order in which they ended, then what did not run: no planned one is missing.
    `interrupted_in` are those that had started and not ended when the run died (several, if they ran side by side).
    `damaged` counts the lines that could not be read. `fixtures` are the hooks and clean-ups that ended.
    """

    started: RunStarted
    scenarios: Sequence[ScenarioRecord]
    finished: RunFinished | None = None
    interrupted_in: Sequence[ScenarioStarted] = ()
    damaged: int = 0
    fixtures: Sequence[FixtureRecord] = ()

    @property
    def complete(self) -> bool:
        """Whether the run came to its end; False if it was killed, or still runs."""
        return self.finished is not None

    @property
    def outcomes(self) -> Sequence[ScenarioRecord]:
        """What has become of each scenario: its only attempt, or the one that counts with what became of the others.

        They are in the order in which they were planned, whichever ended first of those that ran side by side.
        """
        return [judged(attempts, repeated=self.repeated) for attempts in self.attempts.values()]

    @property
    def attempts(self) -> Mapping[str, Sequence[ScenarioRecord]]:
        """All attempts by the id of their scenario, the first first; the scenarios in the order of the plan."""
        planned = {plan.scenario_id: place for place, plan in enumerate(self.started.scenarios)}
        found = by_scenario(self.scenarios)
        return {name: found[name] for name in sorted(found, key=lambda name: planned.get(name, len(planned)))}

    @property
    def repeated(self) -> bool:
        """Whether each scenario was to run several times, and to pass each time."""
        return self.started.settings.get("repeat", "1") != "1"

    @property
    def fails_on_flaky(self) -> bool:
        """Whether the run ended badly because something is flaky, and for no other reason."""
        if self.finished is None or not self.finished.exit_status or self.finished.reason:
            return False
        return self.started.settings.get("fail_on_flaky") == "true" and bool(self.counts["flaky"])

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many scenarios have each verdict; every verdict is a key."""
        found = Counter(scenario.verdict for scenario in self.outcomes)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def verdict(self) -> Verdict:
        """The verdict of the whole: red before yellow, yellow before what is flaky, and that before green.

        A run that did not come to its end, or that ended badly without a bad scenario, is broken.
        """
        counts = self.counts
        if counts["failed"]:
            return "failed"
        if counts["broken"] or self.finished is None or self.finished.aborted:
            return "broken"
        if self.finished.exit_status and not self.fails_on_flaky:
            return "broken"
        return next((verdict for verdict in GREEN if counts[verdict]), "not run")
