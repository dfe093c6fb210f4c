"""The status of a result, and what it says of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from ...record import verdict_of
from ._categories import mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...record import FixtureRecord, ScenarioRecord, StepRecord, Verdict

CLEAN_UP_OF: Final = "A clean-up of the"
"""How a reason begins where behave has kept no more of an error (see `execution.amend`)."""

_MOST_LINES: Final = 10
_MOST_LETTERS: Final = 1000
_STATUS: Final[Mapping[Verdict, str]] = {"not run": "unknown"}
_INNER_TRACE: Final = "Traceback (of failed substep):"
_QUIET: Final = frozenset({"skipped", "not run"})


def status_of(word: str) -> str:
    """Allure's word for a status of behave."""
    verdict = verdict_of(word)
    return _STATUS.get(verdict, verdict)


def step_details(step: StepRecord) -> dict[str, Any] | None:
    """What a step says of its failure; None if there is none to tell."""
    if not step.error or verdict_of(step.status) in _QUIET:
        return None
    error, frames = without_inner_trace(step.error)
    trace = "\n".join(filter(None, (step.trace, frames)))
    return details(said(error, step.error_type, failed=step.status == "failed"), trace)


def fixture_details(fixture: FixtureRecord) -> dict[str, Any] | None:
    """What a hook or clean-up says of its failure; None if there is none."""
    if fixture.status == "passed":
        return None
    return details(said(fixture.error, fixture.error_type, failed=fixture.status == "failed"), fixture.trace)


def scenario_details(
    record: ScenarioRecord, troubles: Sequence[FixtureRecord], problem: str, *, flaky: bool
) -> dict[str, Any] | None:
    """What a scenario says of its verdict: what failed, in ten lines, and where; or why it did not run."""
    told: Mapping[str, Any] = record.facts.get("triage") or {}
    marks = {name: True for name in ("known", "muted", "flaky") if told.get(name)} | ({"flaky": True} if flaky else {})
    words, traces = _failures(record, troubles)
    if not words:
        words = [record.reason]
    if problem:
        traces.append(mark(problem))
    return details("\n".join(filter(None, words)), "\n\n".join(filter(None, traces))) | marks or None


def _failures(record: ScenarioRecord, troubles: Sequence[FixtureRecord]) -> tuple[list[str], list[str]]:
    """The words and the traces of the step, hooks and clean-ups that failed, each once."""
    bad = next((step for step in record.steps if step.error and verdict_of(step.status) not in _QUIET), None)
    words, traces = [fixture_words(each) for each in troubles], [each.trace for each in troubles]
    if bad is None or (bad.status == "hook_error" and any(each.error == bad.error for each in troubles)):
        return words, traces
    error, frames = without_inner_trace(bad.error)
    if verdict_of(bad.status) == "broken" and not bad.error_type:  # undefined: only the words say which it is
        error = f"{bad.keyword} {bad.text}: {error}"
    words = [said(error, bad.error_type, failed=bad.status == "failed"), *words]
    rest = record.afterwards
    told = any(each.error in rest for each in troubles) or (troubles and rest.startswith(CLEAN_UP_OF))
    if rest and not told and not any(rest in word for word in words):
        words.append(f"then: {rest}")
    return words, ["\n".join(filter(None, (bad.trace, frames))), *traces]


def without_inner_trace(error: str) -> tuple[str, str]:
    """A message without the traceback that behave puts into it for `execute_steps`; and the user's frames of that."""
    message, _, inner = error.partition(_INNER_TRACE)
    lines = inner.strip("\n").splitlines()
    pairs = [(place, code) for place, code in pairwise(lines) if place.lstrip().startswith("File ")]
    frames = [f"{place.strip()}: {code.strip()}" for place, code in pairs if "/behave/" not in place]
    return message.rstrip(), "\n".join(frames)


def fixture_words(fixture: FixtureRecord) -> str:
    """A failed hook or clean-up and its error."""
    return f"{fixture.name}: {said(fixture.error, fixture.error_type, failed=fixture.status == 'failed')}"


def said(error: str, error_type: str, *, failed: bool) -> str:
    """A message; with the type of the error where it is not the product's, whose messages are worded for readers."""
    return f"{error_type}: {error}" if error_type and not failed and error_type != error else error


def details(message: str, trace: str = "") -> dict[str, Any]:
    """A message of ten lines at most, and the trace."""
    lines = message.strip().splitlines()
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], f"... ({len(lines)} lines)"]
    short = "\n".join(line if len(line) <= _MOST_LETTERS else f"{line[:_MOST_LETTERS]}..." for line in lines)
    return {name: value for name, value in (("message", short), ("trace", trace)) if value}
