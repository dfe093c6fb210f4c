"""What behave knows of a scenario, as lines of the record."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, Final

from behave.model import Rule
from behave.model_type import Status
from behave.runner import the_step_registry

from ..core import sentence
from ..record import Amendment, ScenarioRecord, ScenarioStarted, StepRecord, verdict_of
from ._identity import description_of, row_of, rule_of, scenario_id, tags_of, title_of
from ._marks import COUNTED
from ._trace import message_of, trace_of
from ._undefined import nearest_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from behave.model import Feature, Scenario, Step

    from ..core import Action, ScenarioIdentity
    from ..record import EvidenceRecord, RecordWriter

STARTED_AT: Final = "rehearsal_started_at"
"""The attribute of a step under which whoever sees it start notes when (Unix seconds)."""


def scenario_started(
    scenario: Scenario, identity: ScenarioIdentity, at: float, clean: Callable[[str], str] = str
) -> ScenarioStarted:
    """The line for an attempt that begins; `clean` keeps secrets out of its texts."""
    return ScenarioStarted(
        scenario_id=identity.scenario_id,
        name=clean(title_of(scenario)),
        started_at=at,
        attempt=identity.attempt,
        feature=clean(scenario.feature.name),
        rule=clean(rule_of(scenario)),
        feature_file=_path(scenario),
        line=scenario.line,
    )


def scenario_record(
    scenario: Scenario,
    identity: ScenarioIdentity,
    *,
    started_at: float,
    duration: float,
    evidence: Sequence[EvidenceRecord] = (),
    actions: Sequence[Action] = (),
    facts: Mapping[str, Any] | None = None,
    rerun: str = "",
    trouble: BaseException | None = None,
    worker: str = "",
    clean: Callable[[str], str] = str,
) -> ScenarioRecord:
    """The line for an attempt that has ended, as far as behave knows by now (in `after_scenario`: without later hooks).

    `trouble` is what went wrong since, such as a world that did not close: it makes the scenario a `hook_error`, unless
    the product had failed before. `clean` keeps secrets out of every text.
    """
    status = scenario.status.name
    if trouble is not None and status != "failed":
        status = "hook_error"
    first, later = _reason(scenario), _first_line(message_of(trouble)) if trouble else ""
    return ScenarioRecord(
        scenario_id=identity.scenario_id,
        run_id=identity.run.run_id,
        attempt=identity.attempt,
        seed=identity.seed,
        trace_id=identity.trace_id,
        feature=clean(scenario.feature.name),
        feature_file=_path(scenario),
        line=scenario.line,
        rule=clean(rule_of(scenario)),
        name=clean(title_of(scenario)),
        row={clean(heading): clean(cell) for heading, cell in row_of(scenario).items()},
        tags=tuple(clean(tag) for tag in tags_of(scenario)),
        status=status,
        reason=clean("; ".join(filter(None, (first, later)))),
        started_at=started_at,
        duration=duration,
        steps=[_step(step, clean) for step in scenario.all_steps],
        evidence=evidence,
        facts=facts or {},
        rerun=clean(rerun),
        actions=actions,
        description=clean(description_of(scenario)),
        output=clean(_output(scenario)),
        worker=worker,
        afterwards=clean(later) if first else "",
    )


def failed_step(scenario: Scenario) -> int | None:
    """The index of the step that went badly, if one did."""
    return next((index for index, step in enumerate(scenario.all_steps) if step.status.has_failed()), None)


def amend(record: RecordWriter, features: Iterable[Feature], not_started: str = "") -> None:
    """Write down what became of planned scenarios after, or instead of, their records.

    Hooks and clean-ups may fail after `after_scenario`; a hook of a feature or rule may fail, or skip it, before any
    scenario starts. `not_started` is the reason for the planned ones that nothing has happened to. Calling it again, or
    for a part of the features, does no harm.
    """
    for feature in features:
        for container in (*(each for each in feature.run_items if isinstance(each, Rule)), feature):
            _amend_inside(record, container)
        for scenario in feature.walk_scenarios():
            _amend(record, scenario, not_started)


def _amend(record: RecordWriter, scenario: Scenario, not_started: str) -> None:
    name, status = scenario_id(scenario), scenario.status.name
    before = record.written.get(name, status)
    reason = _since(scenario) if before else _reason(scenario)
    reason = reason or (not_started if verdict_of(status) == "not run" else "")
    if before != status and (verdict_of(status) in {"failed", "broken"} or (not before and reason)):
        record.write(Amendment(name, status, record.clean(reason), getattr(scenario, COUNTED, 0)))


def _since(scenario: Scenario) -> str:
    """What behave says of a hook that has failed after the record was written; of a clean-up it says nothing."""
    return "" if scenario.status is Status.cleanup_error else _first_line(scenario.error_message or "")


def _amend_inside(record: RecordWriter, container: Any) -> None:  # noqa: ANN401 - a feature or a rule
    """Blame a hook or clean-up of a feature or rule on the last scenario that ran or, if none did, on all of them."""
    broken = "cleanup_error" if container.status.name == "cleanup_error" else "hook_error" * container.hook_failed
    planned = [name for each in container.walk_scenarios() if (name := scenario_id(each)) in record.written]
    if not broken or not planned or any(record.written[name] == broken for name in planned):
        return
    reason = (container.error_message or f"A clean-up of the {container.type} {container.name!r} failed.").strip()
    for name in [name for name in planned if record.written[name]][-1:] or planned:
        record.write(Amendment(name, broken, record.clean(_first_line(reason))))


def _step(step: Step, clean: Callable[[str], str]) -> StepRecord:
    status, error = step.status, step.exception
    how = (step.keyword, clean(step.name), status.name, step.duration, step.line)
    what: dict[str, Any] = {"started_at": getattr(step, STARTED_AT, 0.0)}
    if step.table is not None:
        rows = [step.table.headings, *(row.cells for row in step.table.rows)]
        what["table"] = [[clean(cell) for cell in row] for row in rows]
    if step.text is not None:
        what["doc"] = clean(str(step.text))
    if output := _output(step):
        what["output"] = clean(output)
    if error is not None:
        trace = clean(trace_of(step.exc_traceback))
        return StepRecord(*how, clean(message_of(error)), type(error).__name__, trace, **what)
    return StepRecord(*how, "" if status is Status.passed else clean(_plain_error(step)), **what)


def _output(item: Any) -> str:  # noqa: ANN401 - a step or a scenario
    """What behave has captured of what was printed and logged."""
    return str(item.captured.make_report()).strip() if item.captured.has_output() else ""


def _plain_error(step: Step) -> str:
    if step.status.is_undefined():
        return sentence("No step definition matches.", nearest_words(step, the_step_registry))
    return step.error_message or ""


def _reason(scenario: Scenario) -> str:
    """Why a scenario is not green, in one line; empty if it is."""
    if scenario.should_skip or verdict_of(scenario.status.name) == "passed":
        return scenario.skip_reason or ""
    for step in scenario.all_steps:
        if step.status.has_failed():
            told = message_of(step.exception) if step.exception else _plain_error(step)
            return f"{step.keyword} {step.name}: {_first_line(told)}"
    return _first_line(scenario.error_message or "")


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


def _path(scenario: Scenario) -> str:
    return str(scenario.filename).replace(os.sep, "/")
