"""Whatever hooks and clean-ups do, and at whatever level: side by side, it is told as in a serial run."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.side_by_side import HOOKS, JOBS, everything, outcome, with_steps

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite

LEVELS = {"all": "", "feature": "feature", "rule": "rule", "tag": "tag", "scenario": "scenario", "step": "step"}
WHERE = {"all": "True", "feature": "feature.name == 'Green'", "rule": "rule.name == 'here too'"} | {
    "tag": "tag in {'green', 'quick', 'inner'}",
    "scenario": "scenario.name in {'well', 'in a rule', 'fails'}",
    "step": "step.name in {'all is well', 'it is 3'}",
}


def hooks(level: str, when: str, does: str, only: str = "") -> str:
    """An environment whose hook at a level does something, for some of its elements; it prints in any case."""
    arguments = ", ".join(filter(None, ["context", LEVELS[level]]))
    return f"""
    def fail(what):
        raise OSError(what)

    def {when}_{level}({arguments}):
        if {only or WHERE[level]}:
            print("hook at work")
            {does}
    """


BOTH = [(when, level) for level in LEVELS for when in ("before", "after")]


def same(suite: Suite, *words: str) -> tuple[int, str]:
    """Exit status and standard output, which are the same whatever the number of jobs."""
    serial = outcome(suite, "1", "-f", "plain", *words)[:2]
    for jobs in JOBS[1:2]:
        assert outcome(suite, jobs, "-f", "plain", *words)[:2] == serial
    return serial


@pytest.mark.parametrize(("when", "level"), BOTH, ids=lambda each: each)
def test_a_failing_hook_is_told_as_in_a_serial_run(suite: Suite, when: str, level: str) -> None:
    """The same output and the same exit status, with and without captured hooks."""
    everything(suite, hooks(level, when, "raise OSError('the hook failed')"))
    for words in ([], ["--no-capture", "--no-capture-hooks"]):
        status, said = same(suite, *words)
        assert (status, "the hook failed" in said) == (1, True)


@pytest.mark.parametrize("level", [level for level in LEVELS if level not in {"step", "tag"}])
def test_a_failing_clean_up_is_told_as_in_a_serial_run(suite: Suite, level: str) -> None:
    """A clean-up that was added at any level fails there, and so does the run."""
    everything(suite, hooks(level, "before", "context.add_cleanup(fail, 'the clean-up failed')"))
    green = ["--tags=@green"]
    status, said = same(suite, *green)
    assert (status, "the clean-up failed" in said) == (1, True)


@pytest.mark.parametrize("level", ["feature", "rule", "scenario"])
def test_a_hook_may_skip_what_it_is_about(suite: Suite, level: str) -> None:
    """What a hook skips is skipped, with the hook's reason."""
    everything(suite, hooks(level, "before", f"{level}.skip('not today')"))
    assert same(suite, "--tags=@green") == same(suite, "--tags=@green")
    assert same(suite, "--show-skipped")[0] == 1


@pytest.mark.parametrize("does", ["pass", "fail('the hook')", "context.add_cleanup(fail, 'the clean-up')"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_hooks_around_what_was_not_selected_run_as_ever(suite: Suite, when: str, does: str) -> None:
    """Of features without a scenario that fits, with rules and without, and of one that is empty."""
    for level in ("feature", "rule"):
        everything(suite, HOOKS + hooks(level, when, does, "True"))
        suite.write("features/none.feature", "Feature: none\n")
        status, said = same(suite, "-n", "^attaches$", "--no-capture-hooks")
        assert (status != 0, "hook at work" in said) == (does != "pass", True)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_worker_that_dies_around_what_was_not_selected_fails_the_run(suite: Suite, when: str) -> None:
    """With each of its rules, and what was selected passes."""
    dies = "os.kill(os.getpid(), 9)"
    everything(suite, "import os\n" + dedent(hooks("feature", when, dies, "feature.name == 'Basket'")))
    status, said, errors, _ = outcome(suite, "2", "-n", "^attaches$", "-f", "plain")
    assert (status, "hooks was killed by SIGKILL" in said + errors) == (1, True), said + errors
    assert "1 scenario passed, 0 failed" in said


def test_a_hook_may_skip_what_it_is_about_and_fail(suite: Suite) -> None:
    """What is skipped stays so, beside the hook's error."""
    everything(suite, hooks("feature", "before", "feature.skip('not today'); fail('the hook')"))
    status, said = same(suite, "--tags=@green")
    assert (status, "3 skipped" in said) == (1, True)


def test_what_failed_in_one_worker_s_before_all_is_told(suite: Suite) -> None:
    """Also if the one that was ready first had no trouble."""
    with_steps(suite)
    suite.write("features/a.feature", "Feature: a\n  Scenario: a\n    When it takes 0.5 s\n")
    suite.write("features/b.feature", "Feature: b\n  Scenario: b\n    When it takes 0.5 s\n")
    first = "try: os.mkdir('first')\n    except FileExistsError: raise OSError('the port is taken') from None\n"
    suite.write("features/environment.py", f"import os\ndef before_all(context):\n    {first}")
    status, said, errors, _ = outcome(suite, "2", "-f", "plain")
    assert (status, (said + errors).count("OSError: the port is taken")) == (1, 1)


@pytest.mark.parametrize("level", ["all", "feature", "rule", "scenario"])
def test_a_hook_may_abort_the_run(suite: Suite, level: str) -> None:
    """After context.abort() nothing else begins: the run is a failed one and says so; teardown takes place."""
    everything(suite, hooks(level, "before", "context.abort(reason='enough')"))
    done = suite.behave("-j", "2", "--tags=@green", "-f", "plain")
    assert done.returncode == 1
    assert "ABORTED: By user." in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_a_step_may_abort_the_run(suite: Suite) -> None:
    """After context.abort() in a step, what has not begun does not run."""
    everything(suite, "")
    rest = "".join(f"  Scenario: {each}\n    When it takes 0.05 s\n    Given later is noted\n" for each in range(100))
    suite.write("features/aborts.feature", f"Feature: a\n  Scenario: first\n    When it aborts the run\n{rest}")
    done = suite.behave("-j", "2", "features/aborts.feature")
    assert (done.returncode, "ABORTED: By user." in done.stdout) == (1, True)
    assert len(suite.ran()) < 100


def test_a_hook_that_fails_at_a_split_feature_is_told_once(suite: Suite) -> None:
    """Two workers run its scenarios, in both the hook fails, and there is one feature that failed."""
    everything(suite, hooks("feature", "after", "raise OSError('the hook failed')"))
    status, said = same(suite, "-D", "smoke_first=false", "features/green.feature")
    assert status == 1
    assert said.count("the hook failed") == said.count("HOOK-ERROR in after_feature")


def test_a_suite_whose_hooks_look_at_a_feature_s_status_stays_by_feature(suite: Suite) -> None:
    """With -D schedule=feature, after_feature sees the status of the whole feature, as in a serial run."""
    everything(suite, hooks("feature", "after", "print('it is', feature.status.name)", only="True"))
    same(suite, "-D", "schedule=feature", "--no-capture-hooks")


def test_a_feature_that_cannot_begin_leaves_its_namesake_alone(suite: Suite) -> None:
    """Two features with the same name are two: what the hooks of one keep from running is its own."""
    with_steps(suite)
    for name in "ab":
        text = "".join(f"  Scenario: {name}{each}\n    Given {name}{each} is noted\n" for each in range(40))
        suite.write(f"features/{name}.feature", f"Feature: same\n{text}")
    suite.write(
        "features/environment.py",
        "def before_feature(context, feature):\n    assert feature.filename.endswith('b.feature')\n",
    )
    assert suite.behave("-j", "2").returncode == 1
    assert sorted(suite.ran()) == sorted(f"b{each}" for each in range(40))


def test_what_has_run_is_told_though_a_hook_failed_elsewhere(suite: Suite) -> None:
    """A feature opens in one worker and not in another: its scenarios that ran have passed, and the feature failed."""
    with_steps(suite)
    suite.write("features/a.feature", "Feature: a\n  Scenario: a\n    When it takes 1.0 s\n")
    slow = "".join(f"  Scenario: b{n}\n    Given b{n} is noted\n    When it takes 0.2 s\n" for n in range(8))
    suite.write("features/b.feature", f"Feature: b\n{slow}")
    once = "    try: pathlib.Path('once').touch(exist_ok=False)\n    except FileExistsError: raise OSError('twice')\n"
    suite.write(
        "features/environment.py",
        f"import pathlib\ndef before_feature(context, feature):\n    if feature.name == 'a': return\n{once}",
    )
    done = suite.behave("-j", "3", "-f", "plain")
    ran = suite.ran()
    assert (done.returncode, "1 feature passed, 0 failed" in done.stdout) == (1, True), done.stdout
    assert f"{len(ran) + 1} scenarios passed" in done.stdout
    assert done.stdout.count("OSError: twice") == 1


@pytest.mark.parametrize("does", ["raise OSError('no')", "context.add_cleanup(fail, 'no')"])
def test_stop_ends_the_run_after_a_feature_that_breaks(suite: Suite, does: str) -> None:
    """With --stop, a hook or clean-up of a feature that fails is a failure like others: nothing begins after it."""
    everything(suite, hooks("feature", "before" if "add" in does else "after", does, only="feature.name == 'a'"))
    later = "".join(f"  Scenario: {each}\n    When it takes 0.05 s\n    Given s is noted\n" for each in range(100))
    suite.write("features/a.feature", "Feature: a\n  Scenario: a\n    When all is well\n")
    suite.write("features/b.feature", f"Feature: b\n{later}")
    done = suite.behave("-j", "2", "--stop", "features/a.feature", "features/b.feature")
    assert done.returncode == 1
    assert len(suite.ran()) < 100


def test_a_background_that_a_hook_leaves_out_is_left_out(suite: Suite) -> None:
    """What a hook takes from a rule or a scenario of its background is neither run nor told."""
    with_steps(suite)
    rule = "  @alone\n  Rule: R\n    Background:\n      Given r is noted\n    Scenario: one\n      Given 1 is noted\n"
    bare = (
        "  Rule: S\n    @bare\n    Scenario: two\n      Given 2 is noted\n    Scenario: three\n      Given 3 is noted\n"
    )
    suite.write("features/a.feature", f"Feature: A\n  Background:\n    Given f is noted\n{rule}{bare}")
    suite.write(
        "features/environment.py",
        "def before_tag(context, tag):\n"
        "    if tag == 'alone': context.rule.background.use_inheritance = False\n"
        "    if tag == 'bare': context.scenario.use_background = False\n",
    )
    status, said = same(suite)
    assert (status, said.count("is noted ... passed"), said.count("f is noted")) == (0, 5, 1), said
