"""Ctrl-C and SIGTERM while journeys run side by side: what ran is told, and nothing is left."""

from __future__ import annotations

import os
import signal
import subprocess
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.core import eventually, wait_until
from support.record import Run, read_record
from tests.acceptance.system.conftest import runs

from .conftest import ROOT, Suite
from .test_dead_run import customers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.system import SystemClient


class Interrupted:
    """A run with two workers, each of which is at a journey; one journey has ended."""

    def __init__(self, suite: Suite) -> None:
        self.suite, self.mark = suite, f"OF_A_TEST={uuid.uuid4()}"
        name, value = self.mark.split("=")
        self.process = subprocess.Popen(
            suite.command("-j", "2", "features/ordering", "features/accounts"),
            cwd=ROOT, env={**os.environ, name: value}, text=True, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        )  # fmt: skip
        wait_until(self._is_busy, limit=90, what="two journeys are under way, and one has ended")

    @property
    def record(self) -> Run:
        """What the run has written down."""
        return self.suite.record()

    def left(self) -> list[int]:
        """The processes that have inherited the run's environment, and still run."""
        pids = [int(each.name) for each in Path("/proc").glob("[0-9]*")]
        return [pid for pid in pids if self.mark.encode() in _environment_of(pid) and runs(pid)]

    def _is_busy(self) -> bool:
        if not (self.suite.reports / "latest" / "record.jsonl").exists():
            return False
        run = self.record
        return len(run.interrupted_in) > 1 and any(each.verdict == "passed" for each in run.scenarios)


def _environment_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def interrupted(suite: Suite) -> Iterator[Interrupted]:
    """Such a run; it ends with the test."""
    run = Interrupted(suite)
    yield run
    run.process.kill()
    run.process.communicate(timeout=20)


@pytest.mark.parametrize(
    ("number", "send"), [(signal.SIGINT, os.killpg), (signal.SIGINT, os.kill), (signal.SIGTERM, os.kill)]
)
def test_one_interruption_ends_journeys_in_order(
    interrupted: Interrupted, system: SystemClient, number: signal.Signals, send: object
) -> None:
    """Whether a terminal sends it to the whole group or somebody to the run alone; every journey is accounted for."""
    assert callable(send)
    send(interrupted.process.pid, number)
    said, _ = interrupted.process.communicate(timeout=60)
    run = interrupted.record
    assert interrupted.process.returncode == 1
    assert run.complete
    assert run.finished is not None
    assert (run.finished.aborted, run.finished.exit_status) == (True, 1)
    verdicts = [each.verdict for each in run.outcomes]
    assert len(verdicts) == len(run.started.scenarios)
    assert {"passed", "not run"} <= set(verdicts) <= {"passed", "broken", "not run"}
    assert verdicts.count("broken") <= 2
    assert said.count("Interrupted. What runs is torn down; once more ends it now.") == 1
    assert f"BROKEN: {verdicts.count('passed')} passed" in said
    assert "Traceback" not in said
    folder = interrupted.suite.reports / run.started.run_id
    assert {"index.html", "junit.xml", "record.jsonl", "results"} <= {each.name for each in folder.iterdir()}
    assert interrupted.left() == []
    assert customers_of(system, run.started.run_id) == 0


@pytest.mark.parametrize("send", [os.killpg, os.kill])
def test_two_interruptions_end_journeys_now(interrupted: Interrupted, system: SystemClient, send: object) -> None:
    """Workers and browsers go with the run; its record can be read, and the system is clear of it."""
    assert callable(send)
    send(interrupted.process.pid, signal.SIGINT)
    assert interrupted.process.stdout is not None
    assert any(line.startswith("Interrupted.") for line in interrupted.process.stdout)
    send(interrupted.process.pid, signal.SIGINT)
    wait_until(lambda: interrupted.process.poll() is not None, limit=10, what="the run has ended")
    wait_until(lambda: not interrupted.left(), limit=5, what="workers and browsers are gone")
    assert interrupted.process.returncode == -signal.SIGINT
    run = read_record(interrupted.suite.reports / "latest" / "record.jsonl")
    assert not run.complete
    assert len(run.outcomes) == len(run.started.scenarios)

    def cleared() -> None:
        left = customers_of(system, run.started.run_id)
        assert left == 0, f"{left} customers of the run"

    eventually(cleared)
