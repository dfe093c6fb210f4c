"""A worker that a suite's code leaves by SystemExit, wherever that is: broken there, told there, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.side_by_side import with_steps
from tests.acceptance.execution.test_parallel_deaths import statuses, suite_with

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite

HOOKS = "import sys\ndef after_all(context):\n    print('AFTER ALL')\n"
EXITS = """
    import sys
    from behave import step

    @step("it exits with {{code:d}}")
    def exits(context, code):
        {exits}
"""


@pytest.mark.parametrize(
    ("exits", "code", "told"),
    [
        ("sys.exit(0)", 0, "WorkerDied: The process that ran this scenario ended with exit status 0."),
        ("sys.exit('enough')", 1, "WorkerDied: The process that ran this scenario ended with exit status 1."),
        ("raise BaseException", 70, "WorkerDied: The process that ran this scenario ended with exit status 70."),
        ("context.add_cleanup(sys.exit, 3)", 3, "The process that ran this scenario ended with exit status 3."),
    ],
)
def test_a_worker_that_leaves_breaks_its_scenario_alone(suite: Suite, exits: str, code: int, told: str) -> None:
    """Whatever it says of itself; what `after_all` prints in the others is told once."""
    suite_with(suite)
    suite.write("features/environment.py", HOOKS)
    suite.write("features/steps/exits.py", EXITS.format(exits=exits))
    suite.write(
        "features/c.feature", f"Feature: c\n  Scenario: c0\n    Given c0 is noted\n    When it exits with {code}\n"
    )
    found, status, said = statuses(suite, "--no-capture-hooks")
    assert (status, found.pop("c0") in {"error", "hook_error"}, set(found.values()), len(found)) == (
        1,
        True,
        {"passed"},
        12,
    )
    assert told in said
    assert said.count("AFTER ALL") == 1
    assert suite.ran().count("c0") == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    "hook", ["before_all", "before_feature", "before_scenario", "after_scenario", "after_feature", "after_all"]
)
def test_a_hook_that_exits_ends_the_run_and_is_told(suite: Suite, hook: str, jobs: str) -> None:
    """As behave has it, by its name; `after_all` runs all the same."""
    with_steps(suite)
    for feature in "ab":
        suite.write(f"features/{feature}.feature", f"Feature: {feature}\n  Scenario: {feature}\n    When all is well\n")
    of, where = ("context", "True") if hook.endswith("all") else ("context, it", "it.name == 'a'")
    exits = f"def {hook}({of}):\n    if {where}: sys.exit(4)\n"
    suite.write("features/environment.py", HOOKS + exits)
    done = suite.behave("-j", jobs, "-f", "plain", "--no-capture-hooks")
    said = done.stdout + done.stderr
    assert done.returncode == 1
    assert said.count(f"HOOK-ERROR in {hook}: SystemExit") == 1
    assert said.count("AFTER ALL") == (hook != "after_all")
