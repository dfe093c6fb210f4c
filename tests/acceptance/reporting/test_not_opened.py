"""A run that cannot be opened runs nothing, and its results say so: whoever opens them finds what was wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.environments.conftest import Suite as SystemSuite
from tests.acceptance.environments.files import PROGRAM
from tests.acceptance.execution.conftest import Suite as ScopedSuite

from .running import OURS, ROOT, Outcome

if TYPE_CHECKING:
    from pathlib import Path

FEATURE = """
    Feature: Shop
      Scenario: first
        When somebody looks

      @excluded
      Scenario: left out
        When somebody looks
"""

HOOKS_THAT_FAIL_LATE = """
    from support import hooks

    def before_all(context):
        hooks.before_all(context)
        raise RuntimeError("the till is out of paper")

    def after_all(context):
        hooks.after_all(context)
"""


def taken(folder: Path, *words: str) -> Outcome:
    """What a run comes to that tells of its progress and writes results."""
    formatters = ("-f", "support.reporting:ProgressFormatter", "-o", "progress.txt", "-f", OURS, "-o", "results")
    process = subprocess.run(
        [sys.executable, "-m", "behave", "--tags=not @excluded", *formatters, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Outcome(folder, process)


def shown(outcome: Outcome) -> dict[str, str]:
    """The status of each scenario, of those that were to run with the first line of why."""
    return {
        each["name"]: f"{each['status']}: {each['statusDetails']['message'].partition(chr(10))[0]}"
        for each in outcome.results
    }


def errors(outcome: Outcome) -> list[str]:
    """The errors of the run as a whole."""
    return [error["message"].partition("\n")[0] for each in outcome.report.globals for error in each["errors"]]


@pytest.fixture
def system(tmp_path: Path) -> SystemSuite:
    """A suite of a system whose only part dies at start; its run makes results of its record."""
    suite = SystemSuite(tmp_path, "http://127.0.0.1:9")
    suite.started("print('no licence found'); raise SystemExit(3)")
    suite.write("features/wares.feature", FEATURE)
    return suite


def test_a_system_that_does_not_start_stands_in_the_results(system: SystemSuite) -> None:
    """Each scenario that was to run is broken and names the part; so does an error of the run, once."""
    outcome = taken(system.folder, "-D", "profile=remote", "-D", "report=false")
    told = "opening the run: PartUnavailable: front: exited with status 3. Last lines of its log:"
    assert shown(outcome) == {"first": f"broken: {told}"}, outcome.process.stderr
    assert (errors(outcome), outcome.process.returncode) == ([told], 1)
    of_the_run = Outcome(system.folder, outcome.process, "reports/latest/results")
    assert shown(of_the_run) == shown(outcome)
    assert set(system.verdicts().values()) == {"not run"}


@pytest.mark.parametrize(
    ("sick", "told"),
    [
        ("part", "opening the run: PartUnavailable: payments: does not answer at port 9"),
        ("defect", "opening the run: ZeroDivisionError"),
        ("interrupted", "opening the run: KeyboardInterrupt"),
    ],
)
def test_a_scope_of_somebody_elses_that_does_not_open_stands_in_the_results(
    tmp_path: Path, sick: str, told: str
) -> None:
    """A scope that makes no results is told of by the formatter alone, whatever kept it from opening."""
    suite = ScopedSuite(tmp_path)
    suite.with_scope()
    suite.write("features/shop.feature", FEATURE)
    outcome = taken(suite.folder, "-r", "support.execution:Runner", "-D", f"sick={sick}")
    assert shown(outcome) == {"first": f"broken: {told}", "left out": "unknown: Not selected."}
    assert (errors(outcome), outcome.process.returncode) == ([told], 1)


@pytest.mark.parametrize("runner", ["support.execution:Runner", "behave.runner:Runner"])
def test_what_fails_in_before_all_beside_our_hooks_stands_in_the_results(system: SystemSuite, runner: str) -> None:
    """The run is open by then: with our runner its record tells, and where hooks closed it, what was heard."""
    system.write("environment.py", HOOKS_THAT_FAIL_LATE)
    system.started(PROGRAM)
    outcome = taken(system.folder, "-r", runner, "-D", "profile=remote", "-D", "report=false")
    assert shown(outcome)["first"].startswith("broken: before_all: "), outcome.process.stdout
    assert errors(outcome)
