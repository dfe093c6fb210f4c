"""The same scenarios in other frameworks that run side by side: what those need, and how they are started.

`install(FOLDER)` makes a virtual environment and a folder of npm there and says what did not install; a folder that has
them already is used as it is. Node is Playwright's own, where that is there: the newest cucumber-js, whose workers are
threads, needs Node 22.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from support.doors.provisioning import ProgramUnavailable, driver_home

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PYTHON: Final = {"BehaveX": ("behavex",), "pytest-bdd + xdist": ("pytest-bdd", "pytest-xdist")}
CUCUMBER: Final = "cucumber-js"
_PATIENCE: Final = 300.0
_PYTEST = """
import time
from pytest_bdd import given, scenarios

@given('nothing happens')
def nothing():
    pass

@given('{milliseconds} ms pass')
def passes():
    time.sleep({seconds})

scenarios('features')
"""
_CUCUMBER = """
const {{ Given }} = require('@cucumber/cucumber');
Given('nothing happens', () => {{}});
Given('{milliseconds} ms pass', () => new Promise((done) => setTimeout(done, {milliseconds})));
"""


@dataclass(frozen=True)
class Other:
    """Another framework: its name, and where it is."""

    name: str
    place: Path

    def prepare(self, suite: Path, seconds: float) -> None:
        """Write, beside the features of a suite, the steps in this framework's manner."""
        words = {"seconds": seconds, "milliseconds": round(seconds * 1000)}
        if self.name == CUCUMBER:
            (suite / "steps.js").write_text(_CUCUMBER.format(**words))
            if not (suite / "node_modules").exists():
                (suite / "node_modules").symlink_to(self.place / "node_modules")
        elif self.name.startswith("pytest"):
            (suite / "test_features.py").write_text(_PYTEST.format(**words))

    def command(self, jobs: int) -> Sequence[str]:
        """How to run a suite with so many jobs, in the fastest manner that it has: without reports.

        BehaveX is faster by feature than by scenario where there are as many features as jobs, as here.
        """
        at_once = str(jobs)
        if self.name == CUCUMBER:
            script = self.place / "node_modules/@cucumber/cucumber/bin/cucumber.js"
            return (
                _node(), str(script), "--parallel", at_once, "--require", "steps.js",
                "--format", "summary", "features/*.feature",
            )  # fmt: skip
        programs = self.place / "python" / "bin"
        if self.name.startswith("pytest"):
            quickly = ("-n", at_once, "--dist", "worksteal", "-p", "no:cacheprovider")
            return (str(programs / "pytest"), "-q", *quickly, "test_features.py")
        return (
            str(programs / "behavex"), "features", "--parallel-processes", at_once, "--parallel-scheme", "feature",
            "--no-report", "-o", "behavex-output",
        )  # fmt: skip


def install(folder: Path) -> Iterator[Other]:
    """Those that can be had."""
    python = folder / "python" / "bin" / "python"
    if not python.exists() and not _done(folder, sys.executable, "-m", "venv", "python"):
        return
    for name, packages in PYTHON.items():
        if _done(folder, str(python), "-m", "pip", "install", "--quiet", *packages):
            yield Other(name, folder)
    there = (folder / "node_modules/@cucumber/cucumber").exists()
    if there or _done(folder, "npm", "install", "--silent", "--no-audit", "--no-fund", "@cucumber/cucumber"):
        yield Other(CUCUMBER, folder)


def _node() -> str:
    try:
        return str(driver_home() / "node")
    except ProgramUnavailable:
        return "node"


def _done(folder: Path, *command: str) -> bool:
    """Whether a command did what it should; if not, its last words are told."""
    path = os.pathsep.join((os.path.dirname(_node()), os.environ["PATH"]))  # noqa: PTH120 - empty where it is on PATH
    try:
        told = subprocess.run(
            command, cwd=folder, env={**os.environ, "PATH": path.lstrip(os.pathsep)},
            capture_output=True, text=True, check=False, timeout=_PATIENCE,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"Not there: {' '.join(command)}: {error}")
        return False
    if told.returncode:
        print(f"Not there: {' '.join(command)}: {(told.stderr or told.stdout).strip()[-300:]}")
    return not told.returncode
