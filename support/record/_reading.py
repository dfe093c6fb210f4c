"""Reading a record, whatever became of the run that wrote it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from ..core import Action, ConfigurationError, ScenarioPlan
from ._amending import amended, reason_of
from ._lines import (
    SCHEMA_VERSION,
    TYPES,
    Amendment,
    Entry,
    EvidenceRecord,
    FixtureRecord,
    RunFinished,
    RunStarted,
    ScenarioRecord,
    ScenarioStarted,
    StepRecord,
)
from ._run import Run
from ._shapes import MisshapenError, check, checks_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_INNER: dict[str, type[Any]] = {"steps": StepRecord, "evidence": EvidenceRecord, "actions": Action}


def read_record(path: Path) -> Run:
    """The run that was recorded in a file.

    Torn lines, and types and fields that a later minor version has added, are passed over. ConfigurationError if there
    is no record, or one of a later major version.
    """
    found = _Found()
    for line in _lines(path):
        try:
            entry = _entry(json.loads(line))
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            found.damaged += 1
            found.finished = None  # it may have told of a later end, and of a worse one
            found.trouble = found.trouble or (str(error) if isinstance(error, MisshapenError) else "")
        else:
            found.add(entry)
    if found.started is None:
        why = found.trouble or "there is none that can be read"
        msg = f"{path} holds no run, which its first line would tell: {why}. Choose another, or run behave again."
        raise ConfigurationError(msg)
    return found.run(found.started)


def _lines(path: Path) -> Iterator[bytes]:
    try:
        content = path.read_bytes()
    except OSError as error:
        told = "There is no record at" if isinstance(error, FileNotFoundError) else "No record can be read at"
        msg = f"{told} {path} ({error.strerror}). Run behave first, or name the folder of a run."
        raise ConfigurationError(msg) from error
    return (line for line in content.split(b"\n") if line)


def _entry(line: dict[str, Any]) -> Entry | None:
    """What a line says; None for a type that this version does not know."""
    kind = TYPES.get(line.get("type", ""))
    if kind is RunStarted:
        _check_version(line)
        line["scenarios"] = _plans(line.get("scenarios", ()))
        line["elsewhere"] = {shard: _plans(plans) for shard, plans in line.get("elsewhere", {}).items()}
    for name, inner in _INNER.items():
        if name in line and kind in (ScenarioRecord, FixtureRecord):
            line[name] = [_of(inner, each) for each in line[name]]
    if kind is ScenarioRecord:
        line.setdefault("afterwards", _end_of(line.get("reason", ""), line.get("steps", ())))
    return None if kind is None else _of(kind, line)


def _plans(plans: Sequence[dict[str, Any]]) -> Sequence[ScenarioPlan]:
    return tuple(_of(ScenarioPlan, plan) for plan in plans)


def _end_of(reason: str, steps: Sequence[StepRecord]) -> str:
    """What a reason tells beside the step that failed: earlier versions have no field of its own for it."""
    begun = [f"{each.keyword} {each.text}: {each.error.partition(chr(10))[0]}; " for each in steps if each.error]
    return next((reason.removeprefix(each) for each in begun if reason.startswith(each)), "")


def _of(kind: type[Any], values: dict[str, Any]) -> Any:  # noqa: ANN401 - one for all kinds of lines
    known = checks_of(kind)
    frozen = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    check(kind, frozen)
    return kind(**{name: value for name, value in frozen.items() if name in known})


def _check_version(line: dict[str, Any]) -> None:
    version = line.get("schema_version", SCHEMA_VERSION)
    if isinstance(version, int) and version > SCHEMA_VERSION:
        msg = (
            f"This record has schema version {version}; this Rehearsal reads up to {SCHEMA_VERSION}. "
            "Read it with the Rehearsal that wrote it, or a later one."
        )
        raise ConfigurationError(msg)


@dataclass
class _Found:
    """What the lines have said so far."""

    started: RunStarted | None = None
    finished: RunFinished | None = None
    damaged: int = 0
    trouble: str = ""
    begun: dict[tuple[str, int], ScenarioStarted] = field(default_factory=dict)
    ended: dict[tuple[str, int], ScenarioRecord] = field(default_factory=dict)
    latest: dict[str, int] = field(default_factory=dict)
    unrecorded: dict[str, Amendment] = field(default_factory=dict)
    fixtures: list[FixtureRecord] = field(default_factory=list)
    troubles: dict[str, list[FixtureRecord]] = field(default_factory=dict)

    def add(self, entry: Entry | None) -> None:
        match entry:
            case RunStarted():
                self.started = self.started or entry
            case RunFinished():
                self.finished = entry
            case ScenarioStarted():
                self.begun[entry.scenario_id, entry.attempt] = entry
            case ScenarioRecord():
                self.begun.pop((entry.scenario_id, entry.attempt), None)
                self.ended[entry.scenario_id, entry.attempt] = entry
                self.latest[entry.scenario_id] = max(entry.attempt, self.latest.get(entry.scenario_id, 1))
            case FixtureRecord():
                self.fixtures.append(entry)
                if entry.status != "passed":
                    self.troubles.setdefault(entry.of, []).append(entry)
            case Amendment():
                self._amend(entry)

    def _amend(self, amendment: Amendment) -> None:
        name = amendment.scenario_id
        attempt = amendment.attempt if (name, amendment.attempt) in self.ended else self.latest.get(name, 1)
        amendment, record = replace(amendment, attempt=attempt), self.ended.get((name, attempt))
        troubles = self.troubles.get(name, ())
        if record is None:
            reason = reason_of(amendment, troubles)
            self.unrecorded[amendment.scenario_id] = replace(amendment, reason=reason)
        else:
            self.ended[record.scenario_id, record.attempt] = amended(record, amendment, troubles)

    def run(self, started: RunStarted) -> Run:
        accounted = {scenario_id for scenario_id, _ in self.ended}
        missing = [plan for plan in started.scenarios if plan.scenario_id not in accounted]
        scenarios = [*self.ended.values(), *(self._without_record(plan, started.run_id) for plan in missing)]
        inside = tuple(each for each in self.begun.values() if each.scenario_id not in self.unrecorded)
        return Run(started, scenarios, self.finished, inside, self.damaged, self.fixtures)

    def _without_record(self, plan: ScenarioPlan, run_id: str) -> ScenarioRecord:
        file, _, line = plan.location.rpartition(":")
        begun = next((each for (scenario_id, _), each in self.begun.items() if scenario_id == plan.scenario_id), None)
        status, reason = self._why(plan, begun)
        return ScenarioRecord(
            scenario_id=plan.scenario_id,
            run_id=run_id,
            feature=begun.feature if begun else plan.feature,
            rule=begun.rule if begun else plan.rule,
            name=plan.name,
            status=status,
            attempt=begun.attempt if begun else 1,
            feature_file=file or plan.location,
            line=int(line) if line.isdecimal() else 0,
            tags=plan.tags,
            reason=reason,
            started_at=begun.started_at if begun else 0.0,
        )

    def _why(self, plan: ScenarioPlan, begun: ScenarioStarted | None) -> tuple[str, str]:
        if plan.scenario_id in self.unrecorded:
            amendment = self.unrecorded[plan.scenario_id]
            return amendment.status, amendment.reason
        if begun is not None:
            return "error", "The run ended inside this scenario."
        return "untested", (self.finished and self.finished.reason) or "The run ended before this scenario."
