"""What hooks and steps of other people's suites do to behave's model does not cost a result: all is told as it ran."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.side_by_side import everything, with_steps
from tests.acceptance.execution.test_parallel_hooks import same

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite

LOOKS = ["walk_scenarios()", "status", "run_items[0].name", "scenarios", "duration", "__iter__().__next__()"]


@pytest.mark.parametrize("look", LOOKS)
def test_hooks_may_look_at_the_feature_that_runs(suite: Suite, look: str) -> None:
    """They see what it holds, and nothing of what is still to run is taken from the worker by looking."""
    hooks = "\n".join(f"def {when}_{what}(context, _): context.feature.{look}" for when, what in WHENS)
    everything(suite, hooks)
    assert same(suite, "--no-capture-hooks")[0] == 1


WHENS = [("before", "scenario"), ("after", "step"), ("after", "scenario"), ("before", "rule")]


def test_a_step_may_skip_the_rest_of_its_feature(suite: Suite) -> None:
    """What is skipped with the feature is told as skipped, and the step's own failure is not lost."""
    with_steps(suite)
    suite.write("features/steps/skips.py", STEP.format("context.feature.skip('enough'); assert False, 'red'"))
    later = "".join(f"  Scenario: {each}\n    When all is well\n" for each in "abc")
    suite.write("features/a.feature", f"Feature: a\n  Scenario: first\n    When it does\n{later}")
    status, said = same(suite, "-D", "schedule=feature")
    assert (status, "3 skipped" in said) == (1, True)


STEP = "from behave import step\nimport os\n@step('it does')\ndef does(context):\n    {}\n"

WORDS = {
    "a step more": "scenario.steps.insert(0, __import__('copy').copy(scenario.steps[0]))",
    "a step less": "del scenario.steps[1:]",
    "other steps": "scenario.steps[0].name = 'it prints \"another\"'; scenario.steps[0].table = None",
    "another name": "scenario.name = 'renamed ' + scenario.name",
}


@pytest.mark.parametrize("does", WORDS.values(), ids=WORDS)
def test_hooks_may_change_the_words_of_a_scenario(suite: Suite, does: str) -> None:
    """What runs then is told in its own words."""
    everything(suite, f"def before_scenario(context, scenario):\n    if scenario.steps: {does}\n")
    assert same(suite)[0] == 1


def test_a_hook_that_calls_a_failed_scenario_passed_does_not_save_the_run(suite: Suite) -> None:
    """The run has failed, as in a serial run, and the scenario is not run again in vain."""
    with_steps(suite)
    suite.write("features/a.feature", "Feature: a\n  Scenario: a\n    Then it is 2\n")
    suite.write("features/environment.py", "def after_scenario(context, scenario): scenario.set_status('passed')\n")
    assert same(suite)[0] == 1


@pytest.mark.parametrize("hook", ["before_all", "after_all"])
def test_what_behave_does_not_catch_in_a_hook_of_the_run_fails_it(suite: Suite, hook: str) -> None:
    """Workers that end by it are not replaced for ever, and what they said before does not make the run green."""
    everything(suite, f"def {hook}(context): raise BaseException('neither error nor exit')\n")
    done = suite.behave("-j", "2", "--tags=@green")
    assert (done.returncode, "ended with exit status 70" in done.stderr) == (1, True)


def test_a_hook_may_ask_for_the_end_after_a_failure(suite: Suite) -> None:
    """`config.stop`, which a hook sets, is about the run: nothing begins after a failure, in whatever worker."""
    with_steps(suite)
    failing = "Feature: a\n  Rule: r\n    Scenario: a\n      Then it is 2\n    Scenario: b\n      Then it is 1\n"
    later = "".join(f"  Scenario: {each}\n    When it takes 0.05 s\n    Given s is noted\n" for each in range(100))
    suite.write("features/a.feature", failing)
    suite.write("features/b.feature", f"Feature: b\n{later}")
    suite.write("features/environment.py", "def before_all(context): context.config.stop = True\n")
    assert suite.behave("-j", "2").returncode == 1
    assert len(suite.ran()) < 100


HARD = {
    "attached": "context.attach('text/plain', 'no bytes')",
    "wordless": "raise type('Wordless', (Exception,), {'__str__': lambda _: None})",
    "forked": "pid = os.fork(); pid and os.waitpid(pid, 0)",
}


ENDS = {"attached": (1, "5 scenarios passed"), "wordless": (1, "4 scenarios passed, 0 failed, 1 error")} | {
    "forked": (0, "5 scenarios passed")
}


@pytest.mark.parametrize("name", HARD)
def test_what_a_step_does_costs_no_result_but_its_own(suite: Suite, name: str) -> None:
    """Text for a formatter that wants bytes, an error without words, a child that returns: the others are told once."""
    with_steps(suite)
    suite.write("features/steps/does.py", STEP.format(HARD[name]))
    around = "".join(f"  Scenario: {each}\n    When all is well\n" for each in "abcd")
    suite.write("features/a.feature", f"Feature: a\n  Scenario: odd\n    When it does\n{around}")
    done = suite.behave("-j", "2", "-f", "json", "-o", "out.json", "-f", "plain")
    status, told = ENDS[name]
    assert (done.returncode, done.stdout.count("Scenario: ")) == (status, 5), done.stdout + done.stderr
    assert told in done.stdout


def test_a_scenario_whose_clean_up_is_interrupted_has_run(suite: Suite) -> None:
    """It is told, and the run is an aborted one."""
    hooks = "def stop(): raise KeyboardInterrupt\ndef before_scenario(context, _): context.add_cleanup(stop)\n"
    with_steps(suite)
    suite.write("features/environment.py", hooks)
    suite.write(
        "features/a.feature", "Feature: a\n  Scenario: a\n    When all is well\n  Scenario: b\n    Then it is 1\n"
    )
    done = suite.behave("-j", "2", "-D", "schedule=feature", "-f", "plain")
    assert (done.returncode, "1 scenario passed" in done.stdout, "Scenario: a" in done.stdout) == (1, True, True)


def test_hooks_of_the_run_run_where_nothing_is_selected(suite: Suite) -> None:
    """There is no work for workers, and the run is a serial one."""
    everything(suite, "def before_all(context): print('begun')\n")
    status, said = same(suite, "--name", "no such name", "-D", "allow_empty")
    assert (status, "begun" in said) == (0, True)


def test_rules_and_features_that_smoke_keeps_from_beginning_say_nothing(suite: Suite) -> None:
    """What has failed in smoke is told, in the order of the features, and nothing of what did not begin."""
    with_steps(suite)
    smoke = "".join(f"  @smoke\n  Scenario: {each}\n    Then it is 2\n" for each in "ab")
    rule = "  Rule: r\n    Scenario: later\n      When all is well\n"
    suite.write("features/a.feature", f"Feature: a\n{smoke}{rule}")
    suite.write("features/b.feature", f"Feature: b\n{rule}")
    status, said = same(suite)
    assert (status, "Rule:" in said, "Feature: b" in said) == (1, False, False)


def test_an_attempt_may_have_had_more_steps_than_the_one_that_counts(suite: Suite) -> None:
    """A hook adds a step the first time only, which fails: the scenario is flaky, and the run is told to its end."""
    added = "step = copy.copy(scenario.steps[0]); step.name = 'it breaks'; scenario.steps.append(step)"
    once = f"    if getattr(scenario, 'rehearsal_attempt', 1) == 1: {added}\n    else: del scenario.steps[1:]\n"
    suite.write("features/a.feature", "Feature: a\n  Scenario: a\n    When all is well\n")
    suite.write("features/environment.py", f"import copy\ndef before_scenario(context, scenario):\n{once}")
    done = suite.behave("-j", "2", "-D", "retries=1")
    assert (done.returncode, "Flaky: features/a.feature:2" in done.stderr) == (0, True), done.stderr


def test_what_nobody_closes_is_written(suite: Suite) -> None:
    """What files write as they are loaded, and formatters in files of their own, is there though nobody closes it."""
    suite.write("features/a.feature", "Feature: a\n  Scenario: a\n    Given one\n  Scenario: b\n    Given one\n")
    opened = "    def __init__(self, *given):\n        super().__init__(*given)\n"
    opened += "        self.file, self.me = open('heard.txt', 'w'), self\n"
    heard = "    def result(self, step):\n        self.file.write(step.name)\n"
    suite.write("own.py", f"from behave.formatter.base import Formatter\nclass Own(Formatter):\n{opened}{heard}")
    steps = "from behave import given\nfile = open('loaded.txt', 'w')\nfile.write('loaded')\n"
    suite.write("features/steps/steps.py", f"{steps}@given('one')\ndef one(context): pass\n")
    done = suite.behave("-j", "2", "-f", "own:Own")
    assert done.returncode == 0, done.stdout + done.stderr
    assert [(suite.folder / name).read_text() for name in ("loaded.txt", "heard.txt")] == ["loaded", "oneone"]
