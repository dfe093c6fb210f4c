"""The same scenarios in other frameworks that run side by side: what those need, and how they are started.

`install(FOLDER)` makes a virtual environment and a folder of npm there and says what did not install; a folder that has
them already is used as it is.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

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

    def command(self, jobs: int, *, few_files: bool) -> Sequence[str]:
        """How to run a suite with so many jobs, in the fastest manner that it has: without reports."""
        at_once = str(jobs)
        if self.name == CUCUMBER:
            return (
                str(self.place / "node_modules/.bin/cucumber-js"), "--parallel", at_once, "--require", "steps.js",
                "--format", "summary", "features/*.feature",
            )  # fmt: skip
        programs = self.place / "python" / "bin"
        if self.name.startswith("pytest"):
            return (str(programs / "pytest"), "-q", "-n", at_once, "-p", "no:cacheprovider", "test_features.py")
        scheme = "scenario" if few_files else "feature"
        return (
            str(programs / "behavex"), "features", "--parallel-processes", at_once, "--parallel-scheme", scheme,
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
    there = (folder / "node_modules/.bin/cucumber-js").exists()
    if there or _done(folder, "npm", "install", "--silent", "--no-audit", "--no-fund", "@cucumber/cucumber"):
        yield Other(CUCUMBER, folder)


def _done(folder: Path, *command: str) -> bool:
    """Whether a command did what it should; if not, its last words are told."""
    try:
        told = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"Not there: {' '.join(command)}: {error}")
        return False
    if told.returncode:
        print(f"Not there: {' '.join(command)}: {(told.stderr or told.stdout).strip()[-300:]}")
    return not told.returncode
