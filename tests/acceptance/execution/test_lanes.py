"""Which worker did what: in the record, and as lanes of Allure's timeline."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.acceptance.execution.ours import OurSuite

WORKERS = {"worker 1", "worker 2"}
ATTACHING = """
import os
import allure
from support import hooks
from support.hooks import after_all, after_scenario, before_scenario


def before_all(context):
    hooks.before_all(context)
    allure.attach(f"from {os.getpid()}", "who")
"""


def told(ours: OurSuite, pattern: str) -> list[dict[str, Any]]:
    """Files of the last run's results."""
    return [json.loads(each.read_text()) for each in (ours.folder / "reports/latest/results").glob(pattern)]


def test_each_worker_has_a_lane_and_hooks_of_its_own(ours: OurSuite) -> None:
    """Scenarios and hooks say where they ran; what two workers left under one name are two files."""
    (ours.folder / "environment.py").write_text(ATTACHING)
    ours.behave("-j", "2")
    run = ours.record
    assert {each.worker for each in run.scenarios} <= WORKERS
    hooks = [each for each in run.fixtures if each.name == "before_all"]
    assert {each.worker for each in hooks} == WORKERS
    files = {str(exhibit.file) for each in hooks for exhibit in each.evidence}
    texts = {(ours.folder / "reports" / "latest" / file).read_text() for file in files}
    assert (len(files), len(texts)) == (2, 2)
    lanes = {
        label["value"] for each in told(ours, "*-result.json") for label in each["labels"] if label["name"] == "thread"
    }
    assert lanes == {each.worker for each in run.scenarios}
    names = [each["name"] for around in told(ours, "*-container.json") for each in around.get("befores", ())]
    assert {"before_all (worker 1)", "before_all (worker 2)"} <= set(names)
    assert "before_scenario" in names


def test_a_serial_run_has_no_workers(ours: OurSuite) -> None:
    """Nothing is said of what there is one of."""
    ours.behave()
    run = ours.record
    assert {each.worker for each in run.scenarios} | {each.worker for each in run.fixtures} == {""}
