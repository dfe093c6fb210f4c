"""Ctrl-C while the report's pages are made: the verdict stands, and nothing is left running."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.core import wait_until
from support.record import read_record
from support.reporting.html._fetching import VERSION
from tests.acceptance.environments.conftest import Suite
from tests.acceptance.environments.files import PROGRAM
from tests.acceptance.system.conftest import runs

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]
NODE = """#!/bin/sh
if [ "$1" = --version ]; then echo v24.0.0; exit; fi
echo $$ > "$0.pid.part" && mv "$0.pid.part" "$0.pid"
exec sleep 600
"""
FEATURE = """
    Feature: F
      Scenario: one
        When somebody looks
"""


@pytest.fixture
def run(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run of one scenario that passes, and whose Allure never comes to its end."""
    suite = Suite(tmp_path, "http://127.0.0.1:9")
    suite.started(PROGRAM)
    suite.write("features/wares.feature", FEATURE)
    suite.write("allure/package.json", json.dumps({"name": "allure", "version": VERSION}))
    suite.write("node", NODE)
    (tmp_path / "node").chmod(0o755)
    environment = {"REHEARSAL_NODE": str(tmp_path / "node"), "ALLURE_HOME": str(tmp_path / "allure")}
    process = subprocess.Popen(
        [sys.executable, "-m", "behave", "-f", "plain", "-D", "profile=remote"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("whom", ["the run alone", "all of the terminal"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_costs_the_pages_alone(
    run: subprocess.Popen[str], tmp_path: Path, whom: str, number: signal.Signals
) -> None:
    """Node is ended, results, verdict and exit status are those of the run, and one sentence says how to go on."""
    pid = tmp_path / "node.pid"
    wait_until(pid.exists, limit=60, what="the pages are being made")
    (os.kill if whom == "the run alone" else os.killpg)(run.pid, number)
    told, said = run.communicate(timeout=30)
    assert (run.returncode, "PASSED: 1 passed" in told) == (0, True), told + said
    assert said.count("`python -m support report`") == 1
    assert "Interrupted while the report's pages were made; the results stay." in said
    assert "Traceback" not in told + said
    wait_until(lambda: not runs(int(pid.read_text())), limit=10, what="node still runs")
    folder = (tmp_path / "reports" / "latest").resolve()
    assert read_record(folder / "record.jsonl").verdict == "passed"
    assert len([*folder.glob("results/*-result.json")]) == 1
    assert sorted(each.name for each in folder.iterdir()) == [
        "index.html", "junit.xml", "logs", "record.jsonl", "results",
    ]  # fmt: skip
