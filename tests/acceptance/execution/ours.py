"""A tiny suite with the run scope itself, and with steps that fail in the attempts that they name."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

from support.record import Run, read_record
from tests.acceptance.bad_input.conftest import ROOT
from tests.acceptance.bad_input.conftest import suite as write_suite

if TYPE_CHECKING:
    from pathlib import Path

STEPS = '''
    import pathlib
    from behave import given, then

    @given("all is well")
    def well(context):
        """Pass."""

    @then("{name} fails in attempt {attempts}")
    def fails(context, name, attempts):
        """Fail in these attempts, by their numbers."""
        file = pathlib.Path(name + ".txt")
        tries = file.read_text() + "x" if file.exists() else "x"
        file.write_text(tries)
        assert str(len(tries)) not in attempts, f"attempt {len(tries)} is bad"
'''
FEATURE = """
    Feature: Shop
      Scenario: good
        Given all is well
      Scenario: shaky
        Given all is well
        Then it fails in attempt 1
      Scenario: bad
        Then that fails in attempt 1 2 3 4
"""


class OurSuite:
    """A suite with the run scope and a system of one part."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        write_suite(folder, {"steps/steps.py": dedent(STEPS), "features/a.feature": dedent(FEATURE).lstrip()})

    def behave(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run it, quickly and without a browser."""
        command = [sys.executable, "-m", "behave", "-D", "report=false", "-D", "browser_path=/bin/true", *words]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False, timeout=120
        )

    @property
    def record(self) -> Run:
        """The record of the last run."""
        return read_record(self.folder / "reports" / "latest" / "record.jsonl")
