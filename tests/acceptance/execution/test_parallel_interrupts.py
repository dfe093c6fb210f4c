"""An interruption lets workers tear down and tells what ran; a second one, or the parent's death, ends all at once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from support.core import wait_until
from tests.acceptance.execution.conftest import ROOT
from tests.acceptance.execution.side_by_side import with_steps
from tests.acceptance.execution.test_parallel_leftovers import WORKERS
from tests.acceptance.system.conftest import runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.acceptance.execution.conftest import Suite

HOOKS = """
    import os, pathlib, signal, subprocess

    def before_all(context):
        pathlib.Path(f"here-{os.getpid()}").touch()
        if "lingers" in context.config.userdata:
            pathlib.Path(f"child-{subprocess.Popen(['sleep', '60']).pid}").touch()

    def after_scenario(context, scenario):
        pathlib.Path(f"scenario-{os.getpid()}").touch()

    def after_all(context):
        pathlib.Path(f"gone-{os.getpid()}").touch()
        if "lingers" in context.config.userdata:
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
            signal.pause()
"""


def _hear() -> None:
    """Ctrl-C is heard also where a shell has started the tests in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Running:
    """A run with two workers, each of which hangs in a scenario."""

    def __init__(self, suite: Suite, endings: list[Running], *words: str) -> None:
        self.folder = suite.folder
        with_steps(suite)
        suite.write("features/environment.py", HOOKS)
        suite.write("features/a.feature", "Feature: a\n  Scenario: short\n    When it takes 0.2 s\n")
        for name in "bcde":
            text = f"Feature: {name}\n  Scenario: {name}\n    Given {name} is noted\n    When it hangs\n"
            suite.write(f"features/{name}.feature", text)
        command = [sys.executable, "-m", "behave", "-r", "support.execution:Runner", "-j", "2", "-f", "plain", *words]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
        self.process = subprocess.Popen(
            command,
            cwd=suite.folder,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=_hear,  # noqa: PLW1509 - there are no threads here
        )
        endings.append(self)
        noted = suite.folder / "ran.txt"
        wait_until(lambda: noted.exists() and len(noted.read_text().split()) == 2, limit=30, what="both workers hang")

    def pids(self, what: str) -> set[int]:
        """The workers that have left this sign."""
        return {int(file.name.partition("-")[2]) for file in self.folder.glob(f"{what}-*")}

    def gone(self) -> bool:
        """Whether no worker is there any more."""
        return not any(map(runs, self.pids("here")))


@pytest.fixture
def endings() -> Iterator[list[Running]]:
    """Runs that are ended with the test."""
    started: list[Running] = []
    yield started
    for each in started:
        each.process.kill()
        each.process.communicate(timeout=10)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda each: each.name)
def test_one_interruption_tears_down_and_tells(suite: Suite, endings: list[Running], number: signal.Signals) -> None:
    """Every worker runs its last hooks; what ran is told, what did not is untested, and the exit status is 1."""
    run = Running(suite, endings)
    run.process.send_signal(number)
    said, _ = run.process.communicate(timeout=30)
    assert run.process.returncode == 1
    assert run.pids("gone") == run.pids("scenario") == run.pids("here")
    assert "Scenario: short" in said
    assert "ABORTED: By user (KeyboardInterrupt)." in said
    assert "Interrupted." in said
    assert "1 scenario passed, 0 failed, 2 error, 0 skipped, 2 untested" in said
    assert "Traceback" not in said
    assert run.gone()


def test_two_interruptions_end_the_run_now(suite: Suite, endings: list[Running]) -> None:
    """A worker that does not tear down is not waited for after the second one; what it has started ends with it.

    The first one was told at once: one knows that it was heard, and how to end it.
    """
    run = Running(suite, endings, "-D", "lingers=yes")
    run.process.send_signal(signal.SIGINT)
    wait_until(lambda: run.pids("gone") == run.pids("here"), limit=20, what="both workers tear down")
    run.process.send_signal(signal.SIGINT)
    said, _ = run.process.communicate(timeout=10)
    assert run.process.returncode == -signal.SIGINT
    assert "Interrupted. What runs is torn down; once more ends it now." in said
    wait_until(run.gone, limit=5, what="no worker is left")
    assert len(run.pids("child")) == 2
    wait_until(lambda: not any(map(runs, run.pids("child"))), limit=5, what="no child of a worker is left")


def test_an_interruption_while_workers_come_is_heard_at_once(suite: Suite) -> None:
    """No other comes, and nothing begins any more."""
    with_steps(suite)
    waits = "".join(f"  Scenario: {each}\n    Given {each} is noted\n    When it hangs\n" for each in range(20))
    suite.write("features/a.feature", f"Feature: a\n{waits}")
    suite.with_scope()
    expects = "worker == 'worker 3' and os.kill(os.getpid(), 2); pathlib.Path(worker).touch()"
    suite.write("scope.py", (suite.folder / "scope.py").read_text() + WORKERS.replace("pass", expects, 1))
    suite.write("features/environment.py", "")
    done = suite.behave("-j", "10")
    assert (done.returncode, "Interrupted." in done.stderr) == (1, True)
    assert len(list(suite.folder.glob("worker *"))) == 3
    assert len(suite.ran()) <= 2


def test_who_was_interrupted_before_it_was_ready_is_no_trouble(suite: Suite) -> None:
    """It ends without having run anything, as it was told to: nothing is said of its exit status."""
    with_steps(suite)
    suite.write("features/a.feature", "Feature: a\n  Scenario: a\n    When all is well\n")
    suite.with_scope()
    waits = "worker == 'worker 1' and os.kill(os.getppid(), 2); __import__('threading').Event().wait()"
    scope = (suite.folder / "scope.py").read_text() + WORKERS.replace("self.worker = worker", waits)
    suite.write("scope.py", scope)
    suite.write("features/environment.py", "")
    done = suite.behave("-j", "2")
    assert done.returncode == 1
    assert "exit status" not in done.stdout + done.stderr
    assert "Interrupted." in done.stderr


def test_workers_die_with_their_parent(suite: Suite, endings: list[Running]) -> None:
    """After `kill -9` of the run, its workers are gone at once, whatever they were doing."""
    run = Running(suite, endings)
    run.process.kill()
    run.process.wait(timeout=10)
    wait_until(run.gone, limit=5, what="no worker is left")
