"""A tiny behave suite of its own for each test, run by a real behave."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.execution.ours import OurSuite

ROOT = Path(__file__).parents[3]

STEPS = '''
    import os, pathlib, signal
    from behave import given, when, then

    def note(word):
        with open("ran.txt", "a") as file:
            file.write(word + chr(10))

    @given("a basket")
    def a_basket(context):
        """Have a basket."""

    @given("{word} is noted")
    def noted(context, word):
        """Write a word down."""
        note(word)

    @when("all is well")
    def all_is_well(context):
        """Pass."""

    @then("it is {found:d}")
    def it_is(context, found):
        """Fail unless it is 1."""
        assert found == 1, f"expected 1, found {found}"

    @when("it breaks")
    def it_breaks(context):
        """Break."""
        raise RuntimeError("boom")

    @when("the run gets {name}")
    def the_run_gets(context, name):
        """Send the run a signal."""
        os.kill(os.getpid(), getattr(signal, name))
'''

SCOPE = """
    import os, pathlib, time
    from support.core import ConfigurationError, PartUnavailable, Setting
    from support.record import RecordWriter, RunFinished, RunStarted, read_record
    from support.reporting import terminal_summary

    class Scope:
        SETTINGS = (Setting("profile", "Where.", "embedded", ("embedded", "remote")), Setting("sick", "What fails."))

        def __init__(self, identity, settings):
            self.identity, self.settings, self.started = identity, settings, time.time()
            self.folder = pathlib.Path("reports")

        def open(self, plan):
            print("SCOPE OPEN", len(plan))
            sick = self.settings.text("sick")
            if sick == "part":
                raise PartUnavailable("payments", "does not answer at port 9")
            if sick == "settings":
                raise ConfigurationError("The profile is not complete.")
            if sick == "interrupted":
                os.kill(os.getpid(), 15)
            if sick == "defect":
                raise ZeroDivisionError
            self.record = RecordWriter(self.folder / "record.jsonl")
            self.record.write(RunStarted(self.identity.run_id, self.identity.seed, self.started, plan))

        def close(self, *, failed, aborted):
            print(f"SCOPE CLOSE failed={failed} aborted={aborted}")
            if hasattr(self, "record"):
                self.record.write(RunFinished(time.time(), int(failed), aborted=aborted))
                self.record.close()
                print(terminal_summary(read_record(self.record.path), self.folder))
            return self.settings.text("sick") != "close"
"""

HOOKS = """
    import time
    from support.core import ScenarioIdentity
    from support.execution import rerun_command, scenario_id, scenario_record, scenario_started

    def before_scenario(context, scenario):
        scope, context.at = context.config.run_scope, time.time()
        context.identity = ScenarioIdentity(scope.identity, scenario_id(scenario))
        scope.record.write(scenario_started(scenario, context.identity, context.at))

    def after_scenario(context, scenario):
        scope = context.config.run_scope
        scope.record.write(scenario_record(
            scenario, context.identity, started_at=context.at, duration=0.1,
            rerun=rerun_command(scenario, scope.settings),
        ))
"""


class Suite:
    """A folder with features, steps and, if asked for, a scope that keeps a record."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("features/steps/steps.py", STEPS)

    def write(self, path: str, text: str) -> Path:
        """Write a file, its text without the indentation."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text).lstrip())
        return file

    def with_scope(self, hooks: str = "") -> None:
        """Give the suite a scope and hooks; `hooks` are more of them."""
        self.write("scope.py", SCOPE)
        self.write("features/environment.py", dedent(HOOKS) + dedent(hooks))
        self.write("behave.ini", "[behave.userdata]\nrun_scope = scope:Scope\n")

    def behave(self, *words: str, runner: str = "support.execution:Runner") -> subprocess.CompletedProcess[str]:
        """Run behave in the folder as a user would."""
        command = [sys.executable, "-m", "behave", "-r", runner, *words]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        return subprocess.run(
            command, cwd=self.folder, env=environment, text=True, capture_output=True, timeout=60, check=False
        )

    def ran(self) -> list[str]:
        """The words that scenarios have noted, in order; none are left afterwards."""
        file = self.folder / "ran.txt"
        words = file.read_text().split() if file.exists() else []
        file.unlink(missing_ok=True)
        return words


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    """A suite with steps and no features."""
    return Suite(tmp_path)


@pytest.fixture
def ours(tmp_path: Path) -> OurSuite:
    """A suite with the run scope: one scenario is good, one shaky, one bad."""
    from tests.acceptance.execution.ours import OurSuite

    return OurSuite(tmp_path)
