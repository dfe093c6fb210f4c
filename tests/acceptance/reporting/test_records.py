"""A record knows what no formatter can: what was planned, and where a run was when it died."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.record import Run, read_record
from support.reporting.allure import write_results
from support.reporting.front import front_door
from tests.acceptance.execution.conftest import Suite as RecordedSuite

from .running import OURS, Outcome

if TYPE_CHECKING:
    from pathlib import Path

FEATURE = """
    Feature: Death
      Scenario: comes first
        When all is well

      Scenario: dies
        When the run gets SIGKILL

      Scenario: was planned
        When all is well

      Scenario: was planned too
        Then it is 2
"""


@pytest.fixture(scope="module")
def dead(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Outcome]:
    """A run with a record that was killed in a step, and the results that were made of it afterwards."""
    suite = RecordedSuite(tmp_path_factory.mktemp("dead"))
    suite.with_scope()
    suite.write("features/death.feature", FEATURE)
    process = suite.behave("features")
    run = read_record(suite.folder / "reports/record.jsonl")
    assert write_results(run, suite.folder / "reports", suite.folder / "results") == 4
    return run, Outcome(suite.folder, process)


def test_what_a_killed_run_never_began_is_unknown(dead: tuple[Run, Outcome]) -> None:
    """Every planned scenario has a result: passed, broken where the run died, unknown where it did not get."""
    _, outcome = dead
    assert {each["name"]: each["status"] for each in outcome.results} == {
        "comes first": "passed",
        "dies": "broken",
        "was planned": "unknown",
        "was planned too": "unknown",
    }
    assert all(each["statusDetails"]["message"] for each in outcome.results if each["status"] != "passed")


def test_history_is_one_with_the_formatter_and_with_a_record(dead: tuple[Run, Outcome]) -> None:
    """Results that the formatter writes of the same features belong to the same history."""
    _, outcome = dead
    suite = RecordedSuite(outcome.folder)
    suite.write("behave.ini", "")
    suite.write("features/environment.py", "")
    suite.behave("features", "-f", OURS, "-o", "live", "--dry-run")
    live = {each["name"]: each["historyId"] for each in Outcome(outcome.folder, outcome.process, "live").results}
    assert live == {each["name"]: each["historyId"] for each in outcome.results}


def test_a_record_gives_the_same_files_each_time(dead: tuple[Run, Outcome], tmp_path: Path) -> None:
    """Writing results again changes nothing, and leaves nothing of what lay there."""
    run, outcome = dead
    (tmp_path / "0-result.json").write_text("{}")
    write_results(run, outcome.folder / "reports", tmp_path)
    assert files(tmp_path) == files(outcome.folder / "results")


def files(folder: Path) -> dict[str, bytes]:
    """Name and content of all files in a folder."""
    return {file.name: file.read_bytes() for file in folder.iterdir()}


LATE = """
    def before_all(context):
        from support.core import Redactor
        from support.reporting import Collector
        Collector(context.config.run_scope.record.write, Redactor()).install()

    def close_the_till():
        raise OSError("the till is stuck; call somebody\\nor wait")

    def before_tag(context, tag):
        context.add_cleanup(close_the_till)
"""
STUCK = "clean-up: close_the_till: OSError: the till is stuck; call somebody"


def test_a_clean_up_that_a_hook_has_added_tells_what_went_wrong(tmp_path: Path) -> None:
    """Behave keeps no word of it: the reason is its first line, in the terminal, on the front door and in results."""
    suite = RecordedSuite(tmp_path)
    suite.with_scope(LATE)
    suite.write(
        "features/till.feature",
        "Feature: Till\n  @a\n  Scenario: opens\n    When all is well\n  @b\n  Scenario: jams\n    Then it is 2\n",
    )
    process = suite.behave("features")
    run = read_record(tmp_path / "reports/record.jsonl")
    assert write_results(run, tmp_path / "reports", tmp_path / "results") == 2
    messages = {each["name"]: each["statusDetails"]["message"] for each in Outcome(tmp_path, process).results}
    assert messages["opens"].splitlines()[0] == STUCK
    assert messages["jams"].splitlines()[:2] == ["expected 1, found 2", STUCK]
    assert f"found     {STUCK}" in process.stdout
    assert f"then      {STUCK}" in process.stdout
    assert front_door(run, tmp_path / "reports").count(STUCK) == 2
    assert "after its record was written" not in process.stdout + front_door(run, tmp_path / "reports")
