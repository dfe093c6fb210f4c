"""`python -m support settings` says what a run can be told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
SCOPE = """
from support.core import Setting

class Run:
    SETTINGS = (Setting("colour", "Of the roof | door.", "red", ("red", "blue")),)
"""


def test_every_setting_of_a_suite_is_listed_and_a_stale_page_is_told(tmp_path: Path) -> None:
    """The runner's and those of the scope that behave.ini names; what --write has written, --check accepts."""
    (tmp_path / "scope.py").write_text(SCOPE)
    (tmp_path / "behave.ini").write_text("[behave]\n[behave.userdata]\nrun_scope = scope:Run\n")
    stale = _settings(tmp_path, "--check")
    assert (stale.returncode, stale.stderr) == (
        1, "docs/reference/settings.md is stale. Renew it: python -m support settings --write\n",
    )  # fmt: skip
    listed = _settings(tmp_path).stdout
    assert "| `colour` | Of the roof \\| door. | `red` (or `blue`) |\n" in listed
    assert "| `jobs` | How many scenarios run side by side" in listed
    assert _settings(tmp_path, "--write").returncode == 0
    assert (tmp_path / "docs/reference/settings.md").read_text() + "\n" == listed
    assert _settings(tmp_path, "--check").returncode == 0


def test_a_scope_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    """In one line, which names it."""
    (tmp_path / "behave.ini").write_text("[behave]\n[behave.userdata]\nrun_scope = nowhere:Run\n")
    told = _settings(tmp_path)
    assert (told.returncode, len(told.stderr.splitlines())) == (1, 1)
    assert "run_scope=nowhere:Run cannot be imported" in told.stderr


def test_who_reads_no_further_sees_no_traceback(tmp_path: Path) -> None:
    """As in `python -m support settings | head -1`."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        told = _settings(tmp_path, stdout=closed.fileno())
    assert (told.returncode, told.stderr) == (141, "")


def _settings(folder: Path, *words: str, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "support", "settings", *words]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(folder)])}
    return subprocess.run(
        command, cwd=folder, env=environment, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False
    )
