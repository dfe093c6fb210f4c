"""A recorded run as a folder of Allure results."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ._about import (
    CATEGORIES,
    ENVIRONMENT,
    EXECUTOR,
    UNFINISHED,
    environment,
    error_of_run,
    executor,
    globals_of,
    reasons_of,
)
from ._attachments import Attachments
from ._categories import categories
from ._fixtures import Fixtures, blamed, container, fixture_item
from ._folder import ResultsFolder
from ._ids import uuid_of
from ._options import Options
from ._result import Teller, uuid_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ...record import FixtureRecord, Run, RunStarted, ScenarioRecord


def write_results(run: Run, folder: Path, into: Path, options: Options | None = None, *, own: bool = True) -> int:
    """Make the results of a run, whose evidence lies below `folder`; how many there are.

    Results that lie in `into` are removed before, unless it is not the run's `own` folder: then results of other runs
    and what the user has put there stay. The same run gives the same files, however often it is written.
    """
    given = options or Options.read(run.started.settings)
    results = ResultsFolder(into, run.started.run_id)
    if own:
        results.clear()
    teller = Teller(run.started.run_id, Attachments(folder, results), given, run.started.profile)
    scenarios = blamed(_dated(run), run.fixtures)
    fixtures = Fixtures.sort(run.fixtures, scenarios)
    shown = sorted((each for each in scenarios if not given.hides(each)), key=lambda each: each.attempt)
    children = _write_scenarios(results, teller, shown, fixtures)
    write_containers(results, teller, fixtures, children)
    write_about(results, run.started, keep=not own)
    ended = run.finished.finished_at if run.finished else run.started.started_at
    reasons = [error_of_run(each, ended) for each in reasons_of(run, scenarios)]
    write_globals(results, teller, run.fixtures, reasons)
    return len(shown)


def _write_scenarios(
    results: ResultsFolder, teller: Teller, scenarios: Iterable[ScenarioRecord], fixtures: Fixtures
) -> Mapping[str, Iterable[str]]:
    """Write the attempts, earlier ones first; the ids of the results by what stands around them."""
    before: set[str] = set()
    children: defaultdict[str, list[str]] = defaultdict(list)
    for record in scenarios:
        around = [*fixtures.around(record)]
        outer = [each for key in around for each in fixtures.of_others[key]]
        inner = fixtures.of_scenarios.get((record.scenario_id, record.attempt), ())
        again = record.verdict == "passed" and record.scenario_id in before
        write_result(results, teller.run_id, *teller.result(record, inner, outer, flaky=again))
        if record.verdict in {"failed", "broken"}:
            before.add(record.scenario_id)
        for key in around:
            children[key].append(uuid_for(teller.run_id, record))
    return children


def write_result(
    results: ResultsFolder, run_id: str, result: dict[str, Any], fixtures: list[tuple[str, dict[str, Any]]]
) -> None:
    """Write one result and, if it has hooks or clean-ups of its own, the container that holds them."""
    uuid = result["uuid"]
    results.write(f"{uuid}-result.json", result)
    if fixtures:
        around = container(run_id, uuid, result["name"], [uuid], fixtures)
        results.write(f"{around['uuid']}-container.json", around)


def write_containers(
    results: ResultsFolder, teller: Teller, fixtures: Fixtures, children: Mapping[str, Iterable[str]]
) -> None:
    """Write what was set up and torn down around several results."""
    for key, found in fixtures.of_others.items():
        told = [(each.when, fixture_item(teller.attachments, each)) for each in found]
        around = container(teller.run_id, f"around {key}", key or "run", children.get(key, ()), told)
        results.write(f"{around['uuid']}-container.json", around)


def write_about(results: ResultsFolder, started: RunStarted, *, keep: bool = False) -> None:
    """Write what concerns the run as a whole; `keep`: what the user has put there stays."""
    contents = {
        ENVIRONMENT: environment(started),
        EXECUTOR: json.dumps(executor(started)),
        CATEGORIES: json.dumps(categories()),
    }
    for name, content in contents.items():
        if not (keep and (results.path / name).exists()):
            results.put(name, content.encode("utf-8", "backslashreplace"))


def write_globals(
    results: ResultsFolder,
    teller: Teller,
    fixtures: Iterable[FixtureRecord],
    reasons: Iterable[Mapping[str, object]] = (),
) -> None:
    """Write what was left for the run as a whole, and what went wrong outside of all scenarios; if there is any."""
    name = _globals(teller.run_id)
    if told := globals_of(teller.attachments, fixtures, reasons):
        results.write(name, told)
    else:  # an earlier state of this run, which may not have ended then, does not speak for it any more
        results.drop(name)


def draft_globals(results: ResultsFolder, run_id: str, started_at: float) -> None:
    """Write what holds should the run be killed between two scenarios, where no result says so."""
    results.draft(_globals(run_id), {"errors": [error_of_run(UNFINISHED, started_at)]})


def _globals(run_id: str) -> str:
    return f"{uuid_of(run_id, 'globals')}-globals.json"


def _dated(run: Run) -> list[ScenarioRecord]:
    """The scenarios; those that did not run at the time of the run's end, and with the name of their feature."""
    ended = [each.started_at + each.duration for each in run.scenarios if each.started_at]
    end = run.finished.finished_at if run.finished else max(ended, default=run.started.started_at)
    names = {each.feature_file: each.feature for each in run.scenarios if each.feature}
    return [
        replace(each, started_at=each.started_at or end, feature=each.feature or names.get(each.feature_file, ""))
        for each in run.scenarios
    ]
