"""behave's model as records: what is known of an attempt when it begins, when it ends, and if it never does."""

from __future__ import annotations

import os
import platform
import time
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from ...core import Evidence, Redactor, ScenarioIdentity, new_run
from ...execution import scenario_id, scenario_record, scenario_started, tags_of
from ...record import ScenarioRecord
from ._collector import outline_of
from ._marks import MARKS
from ._options import NOT_SELECTED
from ._selection import is_selected

if TYPE_CHECKING:
    from behave.configuration import Configuration
    from behave.model import Scenario, Step

    from ...record import FixtureRecord
    from ._attachments import Attachments

INTERRUPTED: Final = "The run was interrupted inside this scenario."
_INSIDE: Final = "The run ended inside this scenario."
_NOT_REACHED: Final = "The run ended before this scenario."
_DRY: Final = "Nothing was run: this is a dry run."


@dataclass
class Attempt:
    """An attempt at a scenario that has not ended."""

    scenario: Scenario
    identity: ScenarioIdentity
    evidence: Evidence
    started_at: float
    steps: list[Step] = field(default_factory=list)
    next_step: int = 0
    running: int | None = None
    fixtures: list[FixtureRecord] = field(default_factory=list)


class Recorder:
    """Makes records of a run that has no scope of ours; `numbers` are those of scenarios that share a name."""

    def __init__(self, config: Configuration) -> None:
        self._config, self.identity, self.redactor = config, new_run(), Redactor()
        self.clean = lru_cache(maxsize=4096)(self.redactor.text)  # steps say the same again and again
        self.numbers: dict[str, int] = {}
        self._worker = f"{os.getpid()}@{platform.node()}"

    def attempt(self, scenario: Scenario, number: int) -> Attempt:
        """An attempt that begins now."""
        identity = ScenarioIdentity(self.identity, scenario_id(scenario), number)
        attempt = Attempt(scenario, identity, Evidence(self.redactor, lambda: attempt.running), time.time())
        return attempt

    def record(self, attempt: Attempt, marks: dict[str, Any], attachments: Attachments) -> ScenarioRecord:
        """The record of an attempt that has ended, with what it has said of itself."""
        told = replace(
            scenario_record(
                attempt.scenario,
                attempt.identity,
                started_at=attempt.started_at,
                duration=time.time() - attempt.started_at,
                evidence=attachments.keep(attempt.evidence.all()),
                actions=attempt.evidence.actions(),
                facts=self._facts(attempt.scenario, marks),
                clean=self.clean,
            ),
            worker=self._worker,
        )
        return self._explained(attempt.scenario, told)

    def unseen(self, scenario: Scenario, attachments: Attachments) -> ScenarioRecord:
        """The record of a scenario that behave has not begun."""
        return self.record(self.attempt(scenario, 1), {}, attachments)

    def _explained(self, scenario: Scenario, record: ScenarioRecord) -> ScenarioRecord:
        """The record, with why the scenario was not run where behave does not say."""
        if record.reason or record.verdict not in {"skipped", "not run"}:
            return record
        if not is_selected(scenario, self._config):
            return replace(record, reason=NOT_SELECTED)
        if record.verdict == "skipped":
            return record
        return replace(record, reason=_DRY if self._config.dry_run else _NOT_REACHED)

    def provisional(self, attempt: Attempt) -> ScenarioRecord:
        """The record that holds should the run be killed in an attempt."""
        started = scenario_started(attempt.scenario, attempt.identity, attempt.started_at, self.clean)
        return ScenarioRecord(
            scenario_id=started.scenario_id,
            run_id=self.identity.run_id,
            feature=started.feature,
            name=started.name,
            status="error",
            attempt=started.attempt,
            feature_file=started.feature_file,
            line=started.line,
            rule=started.rule,
            tags=[self.clean(tag) for tag in tags_of(attempt.scenario)],
            reason=_INSIDE,
            started_at=started.started_at,
            facts=self._facts(attempt.scenario, {}),
            worker=self._worker,
        )

    def _facts(self, scenario: Scenario, marks: dict[str, Any]) -> dict[str, Any]:
        """What a record cannot know: that its suite has another of the same name, and how its outline is called."""
        told = {**outline_of(scenario), **marks}
        if number := self.numbers.get(scenario_id(scenario)):
            told["occurrence"] = number
        return {MARKS: told} if told else {}
