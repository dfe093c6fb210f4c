"""Results made from a record: nothing red is missing, green or skipped, and the same run gives the same files."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support.core import ScenarioPlan
from support.record import FixtureRecord, Run, RunFinished, RunStarted, StepRecord
from support.reporting.allure import Options, write_results

from .records import STARTED, read, result_of, results_of, scenario

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("passed", "passed"),
        ("xfailed", "passed"),
        ("failed", "failed"),
        ("error", "broken"),
        ("hook_error", "broken"),
        ("cleanup_error", "broken"),
        ("undefined", "broken"),
        ("pending", "broken"),
        ("skipped", "skipped"),
        ("untested", "unknown"),
        ("a word of a later behave", "broken"),
    ],
)
def test_every_status_has_its_colour(tmp_path: Path, status: str, told: str) -> None:
    """Red stays red and yellow yellow; what did not run is neither green nor skipped."""
    result = result_of(tmp_path, scenario(status=status))
    assert (result["status"], result["stage"]) == (told, "finished")


def test_writing_twice_gives_the_same_files(tmp_path: Path) -> None:
    """The folder is made anew with the same names and contents; what is no result stays."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "notes.txt").write_text("mine")
    (tmp_path / "results" / "old-result.json").write_text("{}")
    contents = []
    for _ in range(2):
        results_of(tmp_path, scenario(steps=[StepRecord("Given", "a", "passed", doc="text")]), scenario("two"))
        contents.append({path.name: path.read_bytes() for path in (tmp_path / "results").iterdir()})
    assert contents[0] == contents[1]
    assert contents[0]["notes.txt"] == b"mine"
    assert "old-result.json" not in contents[0]


def test_what_did_not_run_says_why_and_when(tmp_path: Path) -> None:
    """A scenario that a killed run never began is unknown, with the reason, at the end of the run and not in 1970."""
    ran = scenario()
    lost = scenario("lost", "untested", started_at=0.0, duration=0.0, feature="", reason="The run ended before.")
    result = next(each for each in results_of(tmp_path, ran, lost) if each["name"] == "lost")
    assert (result["status"], result["statusDetails"]["message"]) == ("unknown", "The run ended before.")
    assert result["start"] == 1003_000
    assert {"name": "feature", "value": "Paying"} in result["labels"]


def test_a_retry_that_passes_is_flaky(tmp_path: Path) -> None:
    """Both attempts are there, with one history, and the one that passed after a failure is marked."""
    results = results_of(tmp_path, scenario(status="failed"), scenario(attempt=2, started_at=1005.0))
    assert [each["status"] for each in results] == ["failed", "passed"]
    assert results[0]["historyId"] == results[1]["historyId"]
    assert results[0]["uuid"] != results[1]["uuid"]
    assert results[1]["statusDetails"] == {"flaky": True}


def test_marks_of_triage_are_told(tmp_path: Path) -> None:
    """What triage has judged known and muted is so in the result."""
    result = result_of(tmp_path, scenario(status="failed", facts={"triage": {"known": True, "muted": True}}))
    assert result["statusDetails"]["known"]
    assert result["statusDetails"]["muted"]


def test_a_hook_before_all_breaks_what_did_not_run(tmp_path: Path) -> None:
    """All scenarios of a run that could not be set up are broken, with the hook's error, and the run has an error."""
    hook = FixtureRecord("before_all", "before", "run", status="broken", error="no room", error_type="OSError")
    results = results_of(tmp_path, scenario(status="untested"), scenario("two", "untested"), fixtures=[hook])
    assert [each["status"] for each in results] == ["broken", "broken"]
    assert {each["statusDetails"]["message"] for each in results} == {"before_all: OSError: no room"}
    (told,) = read(tmp_path / "results", "globals")
    assert told["errors"][0]["message"] == "before_all: OSError: no room"


def test_a_hook_after_all_breaks_the_last_that_ran(tmp_path: Path) -> None:
    """A run that could not be torn down is not all green; one that was red already stays red."""
    hook = FixtureRecord("after_all", "after", "run", status="broken", error="boom", error_type="RuntimeError")
    first, last = scenario(), scenario("two", started_at=1009.0)
    assert [each["status"] for each in results_of(tmp_path, last, first, fixtures=[hook])] == ["passed", "broken"]
    step = StepRecord("Then", "thanks", "failed", error="wrong", error_type="PromiseBroken")
    red = scenario("two", "failed", started_at=1009.0, reason="Then thanks: wrong", steps=[step])
    result = results_of(tmp_path, first, red, fixtures=[hook])[1]
    assert result["status"] == "failed"
    assert result["statusDetails"]["message"] == "wrong\nafter_all: RuntimeError: boom"


def test_history_survives_other_rows_and_moving(tmp_path: Path) -> None:
    """A test case is an outline without its row; with @id: it is the same in another file and under another name."""
    rows = [scenario(f"id{cell}", row={"price": cell}, tags=["id:pay"], scenario_id=f"pay-{cell}") for cell in "12"]
    moved = scenario(
        "renamed", scenario_id="pay-1", row={"price": "1"}, tags=["id:pay"], feature_file="features/x.feature"
    )
    first, second = results_of(tmp_path, *rows)
    other = result_of(tmp_path, moved)
    assert first["testCaseId"] == second["testCaseId"] == other["testCaseId"]
    assert first["historyId"] == other["historyId"] != second["historyId"]
    assert {"name": "profile", "value": "embedded", "excluded": True} in first["parameters"]
    assert {"name": "price", "value": "1"} in first["parameters"]


def test_two_of_one_name_are_no_retries_of_each_other(tmp_path: Path) -> None:
    """What a suite has twice is told apart, so that the green one does not hide the red one."""
    results = results_of(
        tmp_path, scenario(scenario_id="id"), scenario(scenario_id="id-2", facts={"reporting": {"occurrence": 2}})
    )
    assert len({each["testCaseId"] for each in results}) == len({each["historyId"] for each in results}) == 2


def test_the_environment_and_the_categories_are_told(tmp_path: Path) -> None:
    """The run's facts are properties, and every problem is a category."""
    run = Run(RunStarted("r1", 7, 1.0, versions={"behave": "1.3.3"}, settings={"url": "http://x"}), [])
    assert write_results(run, tmp_path, tmp_path / "results") == 0
    told = (tmp_path / "results" / "environment.properties").read_text()
    assert "seed=7\n" in told
    assert "version\\ of\\ behave=1.3.3\n" in told
    assert "Product: " in (tmp_path / "results" / "categories.json").read_text()
    assert "run r1" in (tmp_path / "results" / "executor.json").read_text()


def test_a_run_that_ended_badly_says_so_for_the_whole(tmp_path: Path) -> None:
    """What kept a run from starting is an error of the run, besides the reason at every scenario."""
    finished = RunFinished(1010.0, 1, reason="orders: does not start")
    started = RunStarted("r1", 7, 1000.0, (ScenarioPlan("one", "features/a.feature:3", "one"),))
    run = Run(started, [scenario(status="untested", reason="orders: does not start")], finished)
    write_results(run, tmp_path, tmp_path / "results")
    (error,) = read(tmp_path / "results", "globals")[0]["errors"]
    assert error == {"message": "orders: does not start", "timestamp": 1010000}


@pytest.mark.parametrize(
    ("finished", "damaged", "told"),
    [
        (None, 0, ["The run did not come to its end."]),
        (RunFinished(1010.0, 1), 0, ["The run ended badly (exit status 1) though no scenario did."]),
        (RunFinished(1010.0, 1, aborted=True), 0, ["The run was broken off."]),
        (RunFinished(1010.0, 1, aborted=True, reason="no lease"), 0, ["The run was broken off.", "no lease"]),
        (RunFinished(1010.0, 0), 1, ["1 line of the record could not be read."]),
        (None, 2, ["The run did not come to its end.", "2 lines of the record could not be read."]),
        (RunFinished(1010.0, 0), 0, []),
    ],
)
def test_a_run_that_did_not_end_well_is_not_all_green(
    tmp_path: Path, finished: RunFinished | None, damaged: int, told: list[str]
) -> None:
    """Though every scenario passed, the run has an error that says what was wrong; one that ended well has none."""
    write_results(Run(STARTED, [scenario()], finished, damaged=damaged), tmp_path, tmp_path / "results")
    assert [each["message"] for one in read(tmp_path / "results", "globals") for each in one["errors"]] == told


def test_a_bad_scenario_or_hook_says_enough_of_a_bad_end(tmp_path: Path) -> None:
    """Where something red or yellow is seen, the exit status needs no error of its own."""
    finished = RunFinished(1010.0, 1)
    write_results(Run(STARTED, [scenario(status="failed")], finished), tmp_path, tmp_path / "one")
    assert not read(tmp_path / "one", "globals")
    hook = FixtureRecord("after_all", "after", "run", status="broken", error="boom")
    write_results(Run(STARTED, [], finished, fixtures=[hook]), tmp_path, tmp_path / "two")
    assert [each["message"] for each in read(tmp_path / "two", "globals")[0]["errors"]] == ["after_all: boom"]


def test_in_a_folder_of_the_user_everything_stays(tmp_path: Path) -> None:
    """Results of other runs and the user's own files are left; the run's are written, and written over."""
    theirs = ("old-result.json", "x-attachment.txt", "environment.properties", "executor.json", "categories.json")
    for name in theirs:
        (tmp_path / "given").mkdir(exist_ok=True)
        (tmp_path / "given" / name).write_text("{}")
    write_results(Run(STARTED, [scenario()]), tmp_path, tmp_path / "given", own=False)
    assert read(tmp_path / "given", "globals")
    write_results(Run(STARTED, [scenario()], RunFinished(1010.0, 0)), tmp_path, tmp_path / "given", own=False)
    assert {(tmp_path / "given" / name).read_text() for name in theirs} == {"{}"}
    assert len(read(tmp_path / "given", "result")) == 2
    assert not read(tmp_path / "given", "globals")


@pytest.mark.parametrize(
    ("options", "left"),
    [
        (Options(), ["out", "planned", "skipped", "untested"]),
        (Options(show_skipped=False), ["untested"]),
        (Options(hide_excluded=True), ["skipped", "untested"]),
    ],
)
def test_what_did_not_run_is_left_out_if_asked(tmp_path: Path, options: Options, left: list[str]) -> None:
    """Without show_skipped nothing skipped is told, with hide_excluded nothing that a selection leaves out."""
    scenarios = [
        scenario("skipped", "skipped"),
        scenario("untested", "untested"),
        scenario("out", "untested", reason="Not selected."),
        scenario("planned", "skipped", reason="Not in allure test plan"),
    ]
    hook = FixtureRecord("before_scenario", "before", "scenario", of="skipped")
    run = Run(STARTED, scenarios, fixtures=[hook])
    assert write_results(run, tmp_path, tmp_path / "results", options) == len(left)
    assert sorted(each["name"] for each in read(tmp_path / "results", "result")) == left
    assert len(read(tmp_path / "results", "container")) == ("skipped" in left)


def test_a_record_is_read_without_behave() -> None:
    """Whoever makes results of a record needs no behave."""
    code = "import sys; from support.reporting.allure import write_results; sys.exit('behave' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
