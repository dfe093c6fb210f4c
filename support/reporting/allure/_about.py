"""What Allure wants to know of the run as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ._details import details, fixture_words
from ._tree import milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ...record import FixtureRecord, Run, RunStarted, ScenarioRecord
    from ._attachments import Attachments

ENVIRONMENT: Final = "environment.properties"
EXECUTOR: Final = "executor.json"
CATEGORIES: Final = "categories.json"
UNFINISHED: Final = "The run did not come to its end."
_OF_ALL: Final = frozenset({"run", "global"})


def environment(started: RunStarted) -> str:
    """The content of environment.properties: what the verdicts depend on."""
    return "".join(f"{_escaped(name, key=True)}={_escaped(value)}\n" for name, value in _facts(started) if value)


def executor(started: RunStarted) -> Mapping[str, object]:
    """The content of executor.json."""
    what = " ".join(filter(None, (started.system, started.profile))) or "behave"
    return {
        "name": "Rehearsal",
        "type": "rehearsal",
        "buildOrder": int(started.started_at),
        "buildName": f"{what}, run {started.run_id}",
        "reportName": f"{what}, run {started.run_id}",
    }


def globals_of(
    attachments: Attachments, fixtures: Iterable[FixtureRecord], reasons: Iterable[Mapping[str, object]] = ()
) -> Mapping[str, object]:
    """What was said of the run as a whole, the failures of its own hooks, and why it ended badly; empty if nothing."""
    found: list[Mapping[str, Any]] = []
    errors: list[Mapping[str, object]] = []
    for each in fixtures:
        when = {"timestamp": milliseconds(each.started_at)}
        if each.status != "passed" and each.scope in _OF_ALL:
            errors.append({**details(fixture_words(each), each.trace), **when})
        if each.scope == "global":
            found += [{**attachment, **when} for exhibit in each.evidence for attachment in attachments.of(exhibit)]
    errors += reasons
    return {name: told for name, told in (("attachments", found), ("errors", errors)) if told}


def error_of_run(reason: str, at: float) -> Mapping[str, object]:
    """A reason as an error of the run; the time is the run's."""
    return {**details(reason), "timestamp": milliseconds(at)}


def reasons_of(run: Run, scenarios: Iterable[ScenarioRecord]) -> Iterator[str]:
    """Why a run did not end well, where its `scenarios` do not say it: without a word, all would be green."""
    if run.finished is None:
        yield UNFINISHED
    elif run.finished.aborted:
        yield "The run was broken off."
    if run.finished and run.finished.reason:
        if all(each.error != run.finished.reason for each in run.fixtures):  # or it is told with more beside it
            yield run.finished.reason
    elif run.finished and run.finished.exit_status and not run.finished.aborted and not _bad(run, scenarios):
        yield f"The run ended badly (exit status {run.finished.exit_status}) though no scenario did."
    if run.damaged:
        yield f"{run.damaged} line{'s' * (run.damaged > 1)} of the record could not be read."


def _bad(run: Run, scenarios: Iterable[ScenarioRecord]) -> bool:
    """Whether a scenario, or a hook that is told of as an error of the run, has gone wrong."""
    hooks = any(each.status != "passed" and each.scope in _OF_ALL for each in run.fixtures)
    return hooks or any(each.verdict in {"failed", "broken"} for each in scenarios)


def _facts(started: RunStarted) -> Iterator[tuple[str, str]]:
    yield from (("run", started.run_id), ("system", started.system), ("profile", started.profile))
    yield from (("seed", str(started.seed)), ("platform", started.platform))
    yield from ((f"version of {name}", str(value)) for name, value in started.versions.items())
    yield from ((f"setting {name}", str(value)) for name, value in started.settings.items())
    yield "command", " ".join(("behave", *started.argv))


def _escaped(text: str, *, key: bool = False) -> str:
    """A text as a properties file wants it."""
    told = text.replace("\\", "\\\\").replace("\r", "").replace("\n", "\\n")
    return told.replace(" ", "\\ ").replace("=", "\\=").replace(":", "\\:") if key else told
