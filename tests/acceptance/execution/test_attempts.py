"""Running a scenario again: what passes at last is flaky, what is repeated must pass each time."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from tests.acceptance.execution.ours import FEATURE, STEPS

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.execution.conftest import Suite
    from tests.acceptance.execution.ours import OurSuite


@pytest.fixture
def shop(suite: Suite) -> Suite:
    """A suite without a scope: one scenario is good, one shaky, one bad."""
    suite.write("features/steps/steps.py", STEPS)
    suite.write("features/shop.feature", FEATURE)
    return suite


def test_a_foreign_suite_is_told_what_was_flaky(shop: Suite) -> None:
    """behave's formatters see the attempt that counts; the end says which passed only when run again, and why."""
    done = shop.behave("-f", "json", "-n", "good|shaky", "-D", "retries=1")
    scenarios = json.loads(done.stdout[done.stdout.index("[") : done.stdout.rindex("]") + 1])[0]["elements"]
    assert [each["status"] for each in scenarios if each["status"] != "skipped"] == ["passed", "passed"]
    told = "Flaky: features/shop.feature:4 passed in attempt 2, not in attempt 1: Then it fails in attempt 1: attempt 1"
    assert told in done.stderr
    assert done.returncode == 0


def test_what_is_flaky_fails_the_run_if_asked(shop: Suite) -> None:
    """The exit status says so, and the last line why."""
    done = shop.behave("-f", "plain", "-n", "good|shaky", "-D", "retries=1", "-D", "fail_on_flaky")
    assert done.returncode == 1
    assert "3 scenarios passed" not in done.stdout
    assert "The run fails because of what is flaky: -D fail_on_flaky." in done.stderr


def test_a_scenario_that_stays_bad_is_no_flaky_one(shop: Suite) -> None:
    """It runs as often as was asked for, and fails."""
    done = shop.behave("-f", "plain", "-D", "retries=2")
    assert "2 scenarios passed, 1 failed" in done.stdout
    assert (shop.folder / "that.txt").read_text() == "xxx"
    assert "shop.feature:7" not in done.stderr
    assert done.returncode == 1


def test_what_is_repeated_must_pass_each_time(shop: Suite) -> None:
    """One bad attempt makes it a failure, with how often; the others of it run on."""
    done = shop.behave("-f", "plain", "-n", "good|shaky", "-D", "repeat=3")
    assert "1 scenario passed, 1 failed" in done.stdout
    assert "features/shop.feature:4 went badly in 1 of 3 attempts (1)" in done.stderr
    assert (shop.folder / "it.txt").read_text() == "xxx"
    assert done.returncode == 1


def test_repeating_until_failure_ends_there(shop: Suite) -> None:
    """What has failed is not repeated further; what has not, is."""
    shop.write("features/shop.feature", FEATURE.replace("it fails in attempt 1", "it fails in attempt 2"))
    done = shop.behave("-f", "plain", "-n", "good|shaky", "-D", "repeat=5", "-D", "until=failure")
    assert (shop.folder / "it.txt").read_text() == "xx"
    assert done.returncode == 1


def test_what_a_hook_breaks_is_not_run_again(shop: Suite) -> None:
    """A failing hook stays a failure."""
    shop.write(
        "features/environment.py",
        "def after_scenario(context, scenario):\n    open('hooks.txt', 'a').write('x'); 1 / 0\n",
    )
    done = shop.behave("-f", "plain", "-n", "good", "-D", "retries=3")
    assert (shop.folder / "hooks.txt").read_text() == "x"
    assert done.returncode == 1


ABORTING = """
    import pathlib

    def before_scenario(context, scenario):
        if pathlib.Path("that.txt").exists():
            context.abort()
"""


def test_a_run_that_is_stopped_keeps_what_has_failed(shop: Suite) -> None:
    """A scenario whose other attempt never came is failed, not forgotten."""
    shop.write("features/environment.py", ABORTING)
    feature = "Feature: F\n  Scenario: bad\n    Then that fails in attempt 1\n  Scenario: good\n    Given all is well\n"
    shop.write("features/shop.feature", feature)
    done = shop.behave("-f", "plain", "-D", "retries=1")
    assert "shop.feature:2" in done.stdout.partition("Failing scenarios:")[2], done.stdout
    assert done.returncode == 1


def test_allure_gets_each_attempt_of_a_foreign_suite(shop: Suite) -> None:
    """The attempts have a result each, one history, and the mark of a flaky one, whichever worker ran them."""
    formatter = ("-f", "support.reporting:AllureFormatter", "-o", "results")
    shop.behave(*formatter, "-n", "good|shaky", "-D", "retries=1", "-j", "2")
    shaky = attempts_in(shop.folder / "results")
    assert [(each["status"], each.get("statusDetails", {}).get("flaky")) for each in shaky] == [
        ("failed", None), ("passed", True),
    ]  # fmt: skip
    assert len({each["historyId"] for each in shaky}) == 1


def attempts_in(results: Path) -> list[dict[str, Any]]:
    """The results of the shaky scenario in a folder, the first attempt first."""
    found = [json.loads(each.read_text()) for each in results.glob("*-result.json")]
    return sorted((each for each in found if each["name"] == "shaky"), key=lambda each: int(each["start"]))


def test_flaky_is_told_everywhere(ours: OurSuite) -> None:
    """Record, summary, front door, JUnit and Allure agree: each attempt is kept, the scenario counts once."""
    done = ours.behave("-n", "good|shaky", "-D", "retries=1", "-D", "seed=7")
    run, folder = ours.record, ours.folder / "reports" / "latest"
    assert [(each.name, each.attempt, each.verdict) for each in run.scenarios] == [
        ("good", 1, "passed"), ("shaky", 1, "failed"), ("shaky", 2, "passed"),
    ]  # fmt: skip
    assert (done.returncode, run.verdict, run.counts["flaky"]) == (0, "flaky", 1), done.stdout + done.stderr
    assert "FLAKY (passed in attempt 2)  Shop > shaky" in done.stdout
    assert "FLAKY: 1 passed, 1 flaky" in done.stdout
    assert re.search(r"rerun +behave features/a.feature:4 -D seed=7(?!.*retries)", done.stdout)
    assert re.search(r"flaky +[0-9.]+ s  shaky", done.stdout)
    assert "Passed only when repeated" in (folder / "index.html").read_text()
    assert "<flakyFailure" in (folder / "junit.xml").read_text()
    shaky = attempts_in(folder / "results")
    assert [each["status"] for each in shaky] == ["failed", "passed"]
    assert len({each["historyId"] for each in shaky}) == 1
    assert shaky[1]["statusDetails"]["flaky"] is True


def test_flaky_fails_our_run_if_asked(ours: OurSuite) -> None:
    """The verdict stays what it is; exit status, summary and JUnit say that it was asked to fail."""
    done = ours.behave("-n", "good|shaky", "-D", "retries=1", "-D", "fail_on_flaky")
    assert (done.returncode, ours.record.verdict) == (1, "flaky")
    assert "The run fails because of what is flaky: -D fail_on_flaky." in done.stdout
    junit = (ours.folder / "reports" / "latest" / "junit.xml").read_text()
    assert 'errors="1"' in junit


def test_attempts_need_our_runner(ours: OurSuite) -> None:
    """Another would run everything once and not say so: it is told in one sentence, and nothing runs."""
    done = ours.behave("-r", "behave.runner:Runner", "-D", "retries=1", "-D", "fail_on_flaky")
    told = "-D retries=1, -D fail_on_flaky=true need our runner, and another has been started."
    assert (done.returncode, (done.stdout + done.stderr).count(told)) == (1, 1), done.stdout + done.stderr
    assert not (ours.folder / "reports").exists()
    assert not (ours.folder / "it.txt").exists()


def test_a_hook_around_a_step_that_fails_is_not_run_again(shop: Suite) -> None:
    """It stays a failure, too, though it is the step that tells of it."""
    shop.write(
        "features/environment.py",
        "def after_step(context, step):\n    open('hooks.txt', 'a').write('x'); 1 / 0\n",
    )
    done = shop.behave("-f", "plain", "-n", "good", "-D", "retries=3")
    assert (done.returncode, (shop.folder / "hooks.txt").read_text()) == (1, "x")


DYING = """
import os, pathlib, signal
from behave import step

@step("{name} dies once")
def dies(context, name):
    try:
        pathlib.Path("once").touch(exist_ok=False)
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
"""
OUTLINE = """
Feature: F
  Scenario Outline: row <n>
    Given it<n> dies once
    Examples: some
      | n |
      | 1 |
"""


def test_a_row_whose_process_died_keeps_its_name(ours: OurSuite) -> None:
    """All its attempts are of the same row, with the same values."""
    (ours.folder / "steps/dying.py").write_text(DYING)
    (ours.folder / "features/a.feature").write_text(OUTLINE)
    done = ours.behave("-D", "retries=1")
    told = [(each.name, each.row, each.verdict) for each in ours.record.scenarios]
    assert [verdict for _, _, verdict in told] == ["broken", "passed"], done.stdout + done.stderr
    assert told[0][:2] == told[1][:2]
    assert told[0][1]


NO_SPACE = """
from support.core import RehearsalError
from support.staff import RunStaff

def bury(self, *what, **how):
    raise RehearsalError("There is no space left.")

RunStaff.bury = bury
"""


def test_what_cannot_be_written_of_a_dead_worker_ends_no_run(ours: OurSuite) -> None:
    """The other scenarios run and are told; the trouble is said at the end, and the run has failed."""
    (ours.folder / "steps/dying.py").write_text(DYING + NO_SPACE)
    text = "".join(f"  Scenario: s{each}\n    Given it{each} dies once\n" for each in range(4))
    (ours.folder / "features/a.feature").write_text(f"Feature: F\n{text}")
    done = ours.behave("-j", "2", "-f", "plain")
    assert (done.returncode, "There is no space left." in done.stderr) == (1, True), done.stdout + done.stderr
    assert done.stdout.count("... passed") == 3
    assert "Traceback" not in done.stdout + done.stderr
