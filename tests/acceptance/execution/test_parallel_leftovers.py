"""Whatever a worker leaves when it ends, or one attempt leaves to the next: the run ends, and tells what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.side_by_side import outcome, with_steps
from tests.acceptance.execution.test_parallel_deaths import KILL, statuses, suite_with

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite

LEAVES = """
    import os, signal, sys

    def leave_a_process():
        if os.fork() == 0:
            signal.pause()

    def {hook}:
        if {where}:
            leave_a_process()
            {then}
"""
HOOKS = {"before_all(context)": "True", "before_scenario(context, scenario)": "scenario.name == 'a2'"}
WORKERS = """
    staff = property(lambda self: self)

    def expect_worker(self, worker):
        pass

    def enter_worker(self, worker, tell):
        self.worker = worker
        if self.settings.text("sick") == "worker":
            raise PartUnavailable("payments", "does not answer at port 9")

    def leave_worker(self):
        pass

    def worker_news(self):
        return None

    def hear_worker(self, news):
        pass

    def hear_others(self, news):
        pass

    def clean(self, text):
        return text

    def bury(self, scenario, attempt, worker, began):
        pass
"""
AGAIN = """
    def before_scenario(context, scenario):
        with open("given.txt", "a") as file:
            print(scenario.should_skip, scenario.skip_reason, *(each.status.name for each in scenario.steps), file=file)
        if {when}:
            {does}
"""


@pytest.mark.parametrize("then", ["pass", KILL], ids=["ends", "is killed"])
@pytest.mark.parametrize("hook", HOOKS)
def test_a_process_that_a_worker_leaves_holds_nothing_up(suite: Suite, hook: str, then: str) -> None:
    """It has inherited the worker's connection, which so does not end with the worker; the run goes on all the same."""
    suite_with(suite)
    suite.write("features/environment.py", LEAVES.format(hook=hook, where=HOOKS[hook], then=then))
    found, status, said = statuses(suite)
    assert (status, len(found)) == (int(then == KILL), 12 if "scenario" in hook or then != KILL else len(found))
    assert ("was killed by SIGKILL" in said) is (then == KILL)


def test_an_attempt_begins_as_the_first_did(suite: Suite) -> None:
    """A scenario that has skipped itself, or has failed, knows nothing of that when it begins again."""
    with_steps(suite)
    suite.write("features/a.feature", "Feature: a\n  Scenario: a\n    When all is well\n    Given it skips the rest\n")
    suite.write("features/environment.py", AGAIN.format(when="False", does="pass"))
    suite.behave("-j", "2", "-D", "repeat=3")
    assert set((suite.folder / "given.txt").read_text().splitlines()) == {"False None untested untested"}
    assert len((suite.folder / "given.txt").read_text().splitlines()) == 3


def test_a_step_that_aborts_the_run_leaves_no_trouble(suite: Suite) -> None:
    """Workers that end because of that have done so in order: nothing is said of exit statuses."""
    with_steps(suite)
    rest = "".join(f"  Scenario: {number}\n    When all is well\n" for number in range(300))
    suite.write("features/a.feature", f"Feature: a\n{rest}")
    hook = "def after_scenario(context, scenario):\n    if scenario.name == '100': context.abort(reason='enough')\n"
    suite.write("features/environment.py", hook)
    done = suite.behave("-j", "2")
    assert done.returncode == 1
    assert "exit status" not in done.stdout + done.stderr


@pytest.mark.parametrize("fails", ["True", "False"])
def test_a_clean_up_fails_the_run_if_the_suite_says_so(suite: Suite, fails: str) -> None:
    """With `context.fail_on_cleanup_errors = False` it does not, as in a serial run."""
    with_steps(suite)
    suite.write("features/a.feature", "Feature: a\n  Scenario: a\n    When all is well\n")
    hook = (
        f"def before_all(context):\n    context.fail_on_cleanup_errors = {fails}\n    context.add_cleanup(int, 'x')\n"
    )
    suite.write("features/environment.py", hook)
    assert [outcome(suite, jobs)[0] for jobs in ("1", "2")] == [int(fails == "True")] * 2


def test_the_number_of_a_dead_worker_is_not_another_s(suite: Suite) -> None:
    """What it has left under its name is not overwritten."""
    suite_with(suite)
    for name in ("dies", "goes"):
        suite.write(f"features/{name}.feature", f"Feature: {name}\n  Scenario: {name}\n    When it {name}\n")
    step = f"@step('it dies')\ndef dies(context): {KILL}\n@step('it goes')\ndef goes(context): pass\n"
    suite.write("features/steps/ends.py", f"from behave import step\nimport os, signal\n{step}")
    hook = "def before_all(context): open('numbers.txt', 'a').write(context.config.run_scope.worker + chr(10))\n"
    suite.with_scope()
    suite.write("scope.py", (suite.folder / "scope.py").read_text() + WORKERS)
    suite.write("features/environment.py", hook)
    suite.behave("-j", "2")
    numbers = (suite.folder / "numbers.txt").read_text().splitlines()
    assert len(numbers) > 1
    assert sorted(numbers) == [f"worker {number}" for number in range(1, len(numbers) + 1)]


def test_a_part_that_a_worker_cannot_open_is_told_in_a_sentence(suite: Suite) -> None:
    """Once, and without a traceback; the run has failed, and nothing has run."""
    suite_with(suite)
    suite.with_scope()
    suite.write("scope.py", (suite.folder / "scope.py").read_text() + WORKERS)
    suite.write("features/environment.py", "")
    done = suite.behave("-j", "2", "-D", "sick=worker")
    said = done.stdout + done.stderr
    assert (done.returncode, suite.ran()) == (1, [])
    assert "Traceback" not in said
    assert said.count("payments: does not answer at port 9") == 1
