"""A worker that dies breaks the scenario it was in, on the step it was at, and nothing else; all are accounted for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.side_by_side import with_steps

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite

KILL = "os.kill(os.getpid(), signal.SIGKILL)"


def suite_with(suite: Suite, hooks: str = "") -> None:
    """Two features of six scenarios each; the second of `a` may be told by its name."""
    with_steps(suite)
    for feature in "ab":
        scenarios = "".join(
            f"  Scenario: {feature}{number}\n    Given {feature}{number} is noted\n    When all is well\n"
            for number in range(6)
        )
        suite.write(f"features/{feature}.feature", f"Feature: {feature}\n{scenarios}")
    suite.write("features/environment.py", "import os, signal, pathlib\n" + hooks)


def statuses(suite: Suite, *words: str) -> tuple[dict[str, str], int, str]:
    """What has become of each scenario by its name, the exit status, and all that was said."""
    done = suite.behave("-f", "json", "-o", "out.json", "-f", "plain", "-j", "2", *words)
    found = [
        (each["name"], each.get("status", "untested"))
        for feature in json.loads((suite.folder / "out.json").read_text())
        for each in feature.get("elements", ())
        if each["type"] == "scenario"
    ]
    assert len(dict(found)) == len(found)
    return dict(found), done.returncode, done.stdout + done.stderr


ENDS = [
    (KILL, "was killed by SIGKILL"),
    ("os.kill(os.getpid(), signal.SIGSEGV)", "was killed by SIGSEGV"),
    ("os._exit(3)", "ended with exit status 3"),
    ("import sys; sys.exit(4)", "ended with exit status 4"),
]


@pytest.mark.parametrize(("end", "told"), ENDS, ids=[told for _, told in ENDS])
def test_a_worker_that_ends_in_a_step_breaks_that_step(suite: Suite, end: str, told: str) -> None:
    """The scenario is an error on that step, with the reason; what came before has passed, everything else too."""
    suite_with(suite)
    suite.write(
        "features/steps/ends.py", f"from behave import step\nimport os, signal\n@step('ends')\ndef e(c): {end}\n"
    )
    body = "    When all is well\n    When ends\n    Then it is 1\n"
    suite.write("features/c.feature", f"Feature: c\n  Scenario: c0\n{body}  Scenario: c1\n    Given c1 is noted\n")
    found, status, said = statuses(suite)
    assert (status, found.pop("c0"), set(found.values()), len(found)) == (1, "error", {"passed"}, 13)
    assert f"WorkerDied: The process that ran this scenario {told}" in said
    lines = [line.strip().partition(" in ")[0] for line in said.partition("Scenario: c0")[2].splitlines()[1:4]]
    assert lines[0].startswith("When all is well ... passed")
    assert lines[1].startswith("When ends ... error")
    assert "1 step passed" not in said


def test_an_exhausted_stack_does_not_end_the_run(suite: Suite) -> None:
    """Python's own limit is an error of the step; a stack that is really exhausted is the end of its worker only."""
    suite_with(suite)
    suite.write(
        "features/steps/deep.py",
        """
        import ctypes
        from behave import step

        def deeper(depth):
            return deeper(depth + 1)

        @step("it goes too deep")
        def too_deep(context):
            deeper(0)

        @step("it overflows")
        def overflows(context):
            ctypes.string_at(0)
        """,
    )
    suite.write(
        "features/c.feature",
        "Feature: c\n  Scenario: c0\n    When it goes too deep\n  Scenario: c1\n    When it overflows\n",
    )
    found, status, said = statuses(suite)
    assert (status, found.pop("c0"), found.pop("c1"), set(found.values())) == (1, "error", "error", {"passed"})
    assert "RecursionError" in said
    assert "was killed by SIGSEGV" in said


@pytest.mark.parametrize("hook", ["before_scenario", "after_scenario"])
def test_a_worker_that_dies_in_a_hook_of_a_scenario_breaks_the_scenario(suite: Suite, hook: str) -> None:
    """It is broken, and not passed, whatever its steps have done."""
    suite_with(suite, f"def {hook}(context, scenario):\n    if scenario.name == 'a2': {KILL}\n")
    found, status, said = statuses(suite)
    assert (status, set(found.values()), len(found)) == (1, {"passed", found["a2"]}, 12)
    assert found["a2"] in {"error", "hook_error"}
    assert "was killed by SIGKILL" in said


@pytest.mark.parametrize(
    ("step", "status", "told"),
    [
        ("Then it is 2", "failed", "ASSERT FAILED: expected 1, found 2"),
        ("When it breaks", "error", "RuntimeError: boom"),
        ("When nobody knows this", "error", "undefined"),
        ("When all is well", "hook_error", "passed"),
    ],
)
def test_a_step_stays_what_it_was_when_its_worker_dies_later(suite: Suite, step: str, status: str, told: str) -> None:
    """With what it said; one that has failed has failed the scenario, and that the process died is told beside it."""
    suite_with(suite, f"def after_scenario(context, scenario):\n    if scenario.name == 'c0': {KILL}\n")
    suite.write(
        "features/c.feature", f"Feature: c\n  Scenario: c0\n    When all is well\n    {step}\n    When all is well\n"
    )
    found, exit_status, said = statuses(suite)
    assert (exit_status, found.pop("c0"), set(found.values()), len(found)) == (1, status, {"passed"}, 12)
    assert told in said.partition("Scenario: c0")[2].partition("Scenario: ")[0]
    assert "The process that ran this scenario was killed by SIGKILL." in said


def test_workers_that_die_before_a_feature_break_what_was_to_run_there(suite: Suite) -> None:
    """No scenario of the feature passes, those of the others do, and every one is told of."""
    suite_with(suite, f"def before_feature(context, feature):\n    if feature.name == 'a': {KILL}\n")
    found, status, said = statuses(suite)
    assert status == 1
    assert {name for name, state in found.items() if state == "passed"} >= {f"b{number}" for number in range(6)}
    assert not any(state == "passed" for name, state in found.items() if name.startswith("a"))
    assert "was killed by SIGKILL" in said


def test_a_worker_that_dies_after_a_feature_breaks_the_feature(suite: Suite) -> None:
    """All scenarios have ended and passed; the feature is a hook error, and the run has failed."""
    suite_with(suite, f"def after_feature(context, feature):\n    if feature.name == 'a': {KILL}\n")
    found, status, said = statuses(suite)
    assert (status, set(found.values()), len(found)) == (1, {"passed"}, 12)
    assert "The process that ran its last hooks was killed by SIGKILL." in said


def test_workers_that_cannot_set_up_are_no_endless_loop(suite: Suite) -> None:
    """After some that die in before_all the run ends as a failed one; nothing has passed."""
    suite_with(suite, f"def before_all(context): {KILL}\n")
    found, status, said = statuses(suite)
    assert (status, "passed" in found.values()) == (1, False)
    assert "Workers die before they run anything: the last one was killed by SIGKILL." in said


def test_workers_that_die_after_they_have_run_something_are_replaced(suite: Suite) -> None:
    """However many in a row: each has run a scenario, so it ends some time, and what they ran has passed."""
    for name in "abcdefgh":
        suite.write(f"features/{name}.feature", f"Feature: {name}\n  Scenario: {name}\n    When all is well\n")
    last = f"def after_feature(context, feature):\n    threading.Event().wait(0.3)\n    {KILL}\n"
    suite.write("features/environment.py", f"import os, signal, threading\n{last}")
    found, status, said = statuses(suite, "-j", "4")
    assert (status, found) == (1, dict.fromkeys("abcdefgh", "passed")), said


def test_an_error_in_the_place_of_a_dead_worker_is_told_alone(suite: Suite) -> None:
    """Nothing is said of how we noticed that there was a place to fill."""
    kill, breaks = "the run gets SIGKILL", "it breaks"
    steps = "".join(f"  Scenario: {each}\n    When {does}\n" for each, does in enumerate([kill, kill, breaks, breaks]))
    suite.write("features/a.feature", f"Feature: a\n{steps}")
    _, status, said = statuses(suite)
    assert (status, "RuntimeError: boom" in said, "EOFError" in said) == (1, True, False)


def test_one_worker_that_cannot_set_up_is_replaced(suite: Suite) -> None:
    """If the next one can, everything passes; that one has died is told, and the run has failed."""
    once = "    try: pathlib.Path('once').touch(exist_ok=False)\n    except FileExistsError: return\n"
    suite_with(suite, f"def before_all(context):\n{once}    {KILL}\n")
    found, status, said = statuses(suite)
    assert (status, set(found.values()), len(found)) == (1, {"passed"}, 12)
    assert "was killed by SIGKILL while it ran no scenario." in said


def test_a_worker_that_dies_in_after_all_fails_the_run(suite: Suite) -> None:
    """Everything has passed; the run has not."""
    suite_with(suite, f"def after_all(context): {KILL}\n")
    found, status, said = statuses(suite)
    assert (status, set(found.values()), len(found)) == (1, {"passed"}, 12)
    assert "was killed by SIGKILL while it ran no scenario." in said
