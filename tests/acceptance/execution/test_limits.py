"""What takes longer than it may is broken off on its step, with its hooks; one that does not hear is ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.side_by_side import with_steps

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite
    from tests.acceptance.execution.ours import OurSuite

HOOKS = """
    import signal

    def after_scenario(context, scenario):
        with open("ended.txt", "a") as file:
            print(scenario.name, scenario.status.name, file=file)
"""
DEAF = """
    import signal
    from behave import step

    @step("it hangs without hearing anything")
    def hangs(context):
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
        signal.pause()
"""


@pytest.fixture
def slow(suite: Suite) -> Suite:
    """A scenario that hangs in its second step, and one that passes."""
    with_steps(suite)
    suite.write("features/environment.py", HOOKS)
    suite.write("features/steps/deaf.py", DEAF)
    suite.write(
        "features/a.feature",
        """
        Feature: a
          Scenario: hangs
            When all is well
            When it hangs
            Then it is 1
          Scenario: passes
            When all is well
        """,
    )
    return suite


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("limit", ["step", "scenario"])
def test_a_step_that_takes_too_long_is_broken_off(slow: Suite, jobs: str, limit: str) -> None:
    """It is an error on that step with the limit and what to do, its hooks run, and so does the rest of the suite."""
    done = slow.behave("-j", jobs, "-f", "plain", "-D", f"{limit}_limit=0.3")
    assert done.returncode == 1
    assert "When it hangs ... error" in done.stdout
    assert f"The {limit} took longer than its limit of 0.3 s. Find what it waits for" in done.stdout
    assert "1 scenario passed, 0 failed, 1 error, 0 skipped" in done.stdout
    assert sorted((slow.folder / "ended.txt").read_text().splitlines()) == ["hangs error", "passes passed"]


@pytest.mark.parametrize("where", ["Feature: a", "Scenario: hangs"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_tag_sets_the_limit_of_scenarios(slow: Suite, where: str, jobs: str) -> None:
    """The nearest one counts: of the scenario, its rule, its feature."""
    file = slow.folder / "features/a.feature"
    file.write_text(file.read_text().replace(where, f"@limit:0.3\n{where}"))
    done = slow.behave("-j", jobs, "-f", "plain")
    assert "The scenario took longer than its limit of 0.3 s." in done.stdout
    assert "1 scenario passed, 0 failed, 1 error, 0 skipped" in done.stdout


def test_a_hook_that_takes_too_long_breaks_its_scenario(slow: Suite) -> None:
    """The limit of a scenario counts its hooks too; they are told as hooks that failed."""
    slow.write("features/environment.py", "import signal\ndef before_scenario(context, scenario): signal.pause()\n")
    done = slow.behave("-j", "2", "-f", "plain", "-D", "scenario_limit=0.3")
    assert "HOOK-ERROR in before_scenario: LimitPassed: The scenario took longer than its limit" in done.stdout
    assert "0 scenarios passed, 0 failed, 2 hook_error" in done.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_hooks_of_what_was_broken_off_have_a_limit_too(slow: Suite, jobs: str) -> None:
    """After a step that was broken off, they may take as long as a scenario, and no longer."""
    hook = "    if scenario.name == 'hangs': threading.Event().wait(5)\n"
    slow.write("features/environment.py", f"import threading\ndef after_scenario(context, scenario):\n{hook}")
    done = slow.behave("-j", jobs, "-f", "plain", "-D", "step_limit=0.2", "-D", "scenario_limit=0.8")
    assert "The step took longer than its limit of 0.2 s." in done.stdout
    assert "HOOK-ERROR in after_scenario: LimitPassed: The scenario took longer than its limit of 0.8 s." in done.stdout
    assert "1 scenario passed" in done.stdout


@pytest.mark.parametrize("hook", ["before_feature", "after_feature", "before_all", "after_all"])
def test_a_worker_that_hangs_in_a_hook_around_scenarios_is_ended(slow: Suite, hook: str) -> None:
    """After the limit of a scenario, with the reason; the run fails."""
    arguments = "context" if hook.endswith("all") else "context, feature"
    slow.write("features/environment.py", f"import signal\ndef {hook}({arguments}): signal.pause()\n")
    done = slow.behave("-j", "2", "-f", "plain", "-D", "scenario_limit=0.5", "--name=passes")
    assert done.returncode == 1
    what = hook if hook.endswith("all") else "a hook of its feature or rule"
    assert f"was ended: {what} took longer than its limit of 0.5 s" in done.stdout + done.stderr


def test_a_worker_that_does_not_hear_its_limit_is_ended(slow: Suite) -> None:
    """If the scenario has not ended ten seconds after the limit, its process is; the step is told with the reason."""
    file = slow.folder / "features/a.feature"
    file.write_text(file.read_text().replace("it hangs", "it hangs without hearing anything"))
    done = slow.behave("-j", "2", "-f", "plain", "-D", "step_limit=0.2")
    assert "When it hangs without hearing anything ... error" in done.stdout
    told = "was ended: its step took longer than its limit of 0.2 s, and did not end within 10 s after that"
    assert f"WorkerDied: The process that ran this scenario {told}" in done.stdout
    assert "1 scenario passed, 0 failed, 1 error, 0 skipped" in done.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_without_limits_and_within_them_nothing_is_broken_off(slow: Suite, jobs: str) -> None:
    """A step may take its time as long as neither limit passes, and each attempt and step has its own time."""
    steps = "    When it takes 0.5 s\n" * 4
    slow.write("features/a.feature", f"Feature: a\n  Scenario: one\n{steps}  Scenario: two\n{steps}")
    assert slow.behave("-j", jobs, "-D", "step_limit=1.9").returncode == 0
    assert slow.behave("-j", jobs, "-D", "step_limit=0", "-D", "scenario_limit=0", "--name=one").returncode == 0


def test_a_suite_that_uses_the_timer_itself_keeps_it(slow: Suite) -> None:
    """Where the suite has a handler for SIGALRM when the run begins, the process's timer is left to it."""
    slow.write(
        "features/environment.py",
        """
        import signal

        def rung(*arguments):
            raise TimeoutError("their own")

        signal.signal(signal.SIGALRM, rung)

        def before_step(context, step):
            signal.setitimer(signal.ITIMER_REAL, 0.5)
        """,
    )
    done = slow.behave("-f", "plain", "-D", "step_limit=0.1")
    assert "TimeoutError: their own" in done.stdout


@pytest.mark.parametrize(
    ("words", "tag", "told"),
    [
        (["-D", "step_limit=x"], "", "-D step_limit=x: expected seconds such as 30 or 0.5, or 0 for no limit."),
        (["-D", "scenario_limit=-1"], "", "-D scenario_limit=-1: expected seconds"),
        ([], "@limit:soon", "@limit:soon at features/a.feature:3 is no number of seconds. Write @limit:30"),
    ],
)
def test_a_limit_that_is_none_is_told(slow: Suite, words: list[str], tag: str, told: str) -> None:
    """Before anything starts, with the value and what to write."""
    file = slow.folder / "features/a.feature"
    file.write_text(
        file.read_text().replace("  Scenario: hangs", f"  {tag}\n  Scenario: hangs" if tag else "  Scenario: hangs")
    )
    done = slow.behave(*words)
    assert (done.returncode, done.stdout.count("Scenario")) == (1, 0)
    assert told in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_limit_of_ages_is_no_trouble(slow: Suite, jobs: str) -> None:
    """However many seconds: no timer is asked for more than it takes."""
    done = slow.behave("-j", jobs, "-n", "passes", "-D", "step_limit=0", "-D", "scenario_limit=1e20")
    assert (done.returncode, "Traceback" in done.stdout + done.stderr) == (0, False)


def test_what_hangs_is_named_and_not_who_noticed(ours: OurSuite) -> None:
    """The last line of the trace is the one of the step at which it hung."""
    (ours.folder / "steps/hangs.py").write_text(
        "import threading\nfrom behave import when\n@when('it hangs')\ndef hangs(context):\n"
        "    for _ in iter(int, 1):\n        pass\n"
    )
    (ours.folder / "features/a.feature").write_text("Feature: a\n  Scenario: a\n    When it hangs\n")
    ours.behave("-D", "step_limit=0.3")
    assert "steps/hangs.py" in ours.record.scenarios[0].steps[0].trace.splitlines()[-1]
