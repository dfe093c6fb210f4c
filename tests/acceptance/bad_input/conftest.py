"""A suite that is good but for what a test makes bad, run by the real command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[3]
RUN: Final = ("-m", "behave", "-f", "plain", "--no-color", "-D", "report=false")
FEATURE: Final = "Feature: F\n  Scenario: S\n    Given all is well\n"
SYSTEM: Final = """
[system]
name = "wares"

[parts.front]
kind = "service"
command = ["{python}", "-m", "http.server", "--bind", "127.0.0.1", "{port}"]
"""
STORE: Final = '\n[parts.store]\nkind = "postgresql"\n'
FILES: Final = {
    "behave.ini": (ROOT / "behave.ini").read_text(),
    "environment.py": """
from support import hooks


def before_all(context):
    hooks.before_all(context)


def before_scenario(context, scenario):
    hooks.before_scenario(context, scenario)


def after_scenario(context, scenario):
    hooks.after_scenario(context, scenario)


def after_all(context):
    hooks.after_all(context)
""",
    "steps/steps.py": """
from behave import given


@given("all is well")
def all_is_well(context):
    pass


@given("the shop sells")
def sells(context):
    [row["price"] for row in context.table]
""",
    "features/a.feature": FEATURE,
    "system.toml": SYSTEM,
}


def suite(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write a suite that is good but for these files."""
    for name, content in {**FILES, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def run(folder: Path, command: Sequence[str], before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments in the suite's folder, `before` in front."""
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    argv = [*before, sys.executable, *command]
    return subprocess.run(argv, cwd=folder, capture_output=True, text=True, check=False, env=told)


def is_told(result: subprocess.CompletedProcess[str], *told: str) -> None:
    """The run failed with these words, and without a traceback."""
    output = result.stdout + result.stderr
    assert result.returncode != 0, output
    assert "Traceback" not in output, output
    missing = [words for words in told if words not in output]
    assert not missing, f"{missing} not in:\n{output}"


def apart(script: str) -> list[str]:
    """A command in front, for a machine whose mounts are other than ours (as root only)."""
    return ["unshare", "--mount", "sh", "-c", f'{dedent(script).strip()}\nexec "$@"', "sh"]


def can_mount() -> bool:
    """Whether this machine lets us have mounts of our own."""
    if shutil.which("unshare") is None:
        return False
    tried = subprocess.run(apart("mount -t tmpfs tmpfs /mnt") + ["true"], capture_output=True, check=False)  # noqa: RUF005
    return tried.returncode == 0
