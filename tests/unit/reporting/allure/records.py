"""Records as short as can be, and the results that are made of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from support.record import Run, RunStarted, ScenarioRecord
from support.reporting.allure import write_results

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from support.record import FixtureRecord

STARTED = RunStarted("r1", 7, 1000.0, profile="embedded", system="storefront")


def scenario(name: str = "one", status: str = "passed", **more: object) -> ScenarioRecord:
    """A scenario of `features/ordering/paying.feature`."""
    values: dict[str, Any] = {
        "scenario_id": name,
        "run_id": "r1",
        "feature": "Paying",
        "feature_file": "features/ordering/paying.feature",
        "started_at": 1001.0,
        "duration": 2.0,
    }
    return ScenarioRecord(name=name, status=status, **(values | more))


def results_of(
    folder: Path, *scenarios: ScenarioRecord, fixtures: Sequence[FixtureRecord] = ()
) -> list[dict[str, Any]]:
    """The results of a run, by the time of their start."""
    run = Run(STARTED, scenarios, fixtures=fixtures)
    write_results(run, folder, folder / "results")
    return sorted(read(folder / "results", "result"), key=lambda each: (each["start"], each["name"]))


def result_of(folder: Path, record: ScenarioRecord, *fixtures: FixtureRecord) -> dict[str, Any]:
    """The result of a run of one scenario."""
    return results_of(folder, record, fixtures=fixtures)[0]


def read(results: Path, kind: str) -> list[dict[str, Any]]:
    """All objects of one kind: result, container, globals."""
    return [json.loads(path.read_text()) for path in sorted(results.glob(f"*-{kind}.json"))]


def labels(result: dict[str, Any], name: str) -> list[str]:
    """The values of a label."""
    return [each["value"] for each in result["labels"] if each["name"] == name]
