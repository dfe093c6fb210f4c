"""Scenarios that run side by side tell what they tell one after the other: output, files, exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.side_by_side import JOBS, everything, outcome, with_steps

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite


@pytest.fixture
def full(suite: Suite) -> Suite:
    """A suite with everything that Gherkin has, with hooks that print, without a scope."""
    return everything(suite)


FORMATS = [
    ["-f", "plain"],
    ["-f", "pretty"],
    ["-f", "pretty", "--show-source", "--show-timings"],
    ["-f", "progress3"],
    ["-f", "json", "-o", "out/report.json"],
    ["-f", "rerun", "-o", "out/rerun.txt"],
    ["-f", "plain", "-f", "json", "-o", "out/report.json"],
    ["--junit", "--junit-directory", "out"],
    ["-f", "steps.usage"],
]

OPTIONS = [
    ["--no-capture"],
    ["--no-capture-hooks"],
    ["--show-skipped", "--tags=@small"],
    ["--no-skipped", "--tags=@quick"],
    ["--tags=@quick and not @shop"],
    ["--tags=@nobody_has_this"],
    ["--name=rows of 2"],
    ["--name=rule"],
    ["features/basket.feature:10"],
    ["features/speech.feature", "features/basket.feature"],
    ["--exclude=basket"],
    ["--dry-run"],
    ["--wip", "--tags=@green"],
    ["-D", "schedule=feature"],
    ["-D", "order=random", "-D", "seed=11"],
]


@pytest.mark.parametrize("words", FORMATS, ids=" ".join)
def test_what_is_written_is_that_of_a_serial_run(full: Suite, words: list[str]) -> None:
    """However many run side by side, each formatter and reporter writes what it writes with one job."""
    serial = outcome(full, "1", *words, files="out")
    assert serial[0] == 1
    assert serial[3] or "out" not in " ".join(words)
    for jobs in JOBS:
        assert outcome(full, jobs, *words, files="out") == serial


@pytest.mark.parametrize("words", OPTIONS, ids=" ".join)
def test_options_mean_what_they_mean_in_a_serial_run(full: Suite, words: list[str]) -> None:
    """Whatever is selected, shown or skipped: output and exit status are those of one job."""
    serial = outcome(full, "1", "-f", "plain", *words)
    for jobs in JOBS[::2]:
        assert outcome(full, jobs, "-f", "plain", *words) == serial


def test_all_is_green_side_by_side(full: Suite) -> None:
    """Where nothing fails, the exit status is 0."""
    assert outcome(full, "4", "--tags=@green")[0] == 0


def test_retries_of_a_suite_s_own_are_told_as_ever(suite: Suite) -> None:
    """behave's own autoretry runs a scenario again on its worker, as often as it is told to and no oftener."""
    with_steps(suite)
    suite.write(
        "features/environment.py",
        """
        from behave.contrib.scenario_autoretry import patch_scenario_with_autoretry

        def before_feature(context, feature):
            for scenario in feature.walk_scenarios():
                patch_scenario_with_autoretry(scenario, max_attempts=3)
        """,
    )
    for name in "ab":
        suite.write(
            f"features/{name}.feature",
            f"""
            Feature: {name}
              Scenario: {name} at once
                When all is well
              Scenario: {name} later
                When it passes at its 2. attempt
              Scenario: {name} at last
                When it passes at its 3. attempt
              Scenario: {name} never
                When it passes at its 4. attempt
              Scenario Outline: {name} row <n>
                When it passes at its <n>. attempt
                Examples:
                  | n |
                  | 2 |
            """,
        )
    serial = outcome(suite, "1", "-f", "plain")
    for jobs in JOBS:
        assert outcome(suite, jobs, "-f", "plain") == serial


def test_after_a_failure_with_stop_what_has_not_begun_is_untested(suite: Suite) -> None:
    """With --stop, what runs beside the failure may end; the rest is not run, and the exit status is 1."""
    with_steps(suite)
    rest = "".join(f"  Scenario: later {number}\n    Given later is noted\n" for number in range(60))
    suite.write("features/a.feature", f"Feature: a\n  Scenario: bad\n    Then it is 2\n{rest}")
    suite.write("features/b.feature", "Feature: b\n" + rest.replace("later", "much later", 1))
    done = suite.behave("-j", "2", "--stop", "-f", "plain")
    ran = len(suite.ran())
    assert done.returncode == 1
    assert ran < 110
    passed = f"{ran} scenario{'s' * (ran != 1)} passed"
    assert f"{passed}, 1 failed, 0 skipped, {120 - ran} untested" in done.stdout


def test_hooks_and_their_clean_ups_run_where_the_scenarios_run(suite: Suite) -> None:
    """Each worker has hooks of its own: before_all and after_all as often as there are workers."""
    with_steps(suite)
    suite.write(
        "features/environment.py",
        """
        import os, pathlib
        from behave.runner import Context

        def noted(hook):
            with open(f"{hook}.txt", "a") as file:
                print(os.getpid(), file=file)

        def before_all(context):
            noted("before_all")
            context.add_cleanup(noted, "cleaned")

        def after_all(context):
            noted("after_all")
        """,
    )
    for name in "abc":
        suite.write(f"features/{name}.feature", f"Feature: {name}\n  Scenario: {name}\n    When it takes 0.2 s\n")
    assert suite.behave("-j", "3").returncode == 0
    seen = {name: (suite.folder / f"{name}.txt").read_text().split() for name in ("before_all", "after_all", "cleaned")}
    assert len(set(seen["before_all"])) == 3
    assert sorted(seen["before_all"]) == sorted(seen["after_all"]) == sorted(seen["cleaned"])


def test_what_a_hook_put_on_a_scenario_is_gone_when_its_feature_is_left(suite: Suite) -> None:
    """A worker that comes back to a feature runs its hooks again, and autoretry does not multiply."""
    with_steps(suite)
    suite.write(
        "features/environment.py",
        """
        from behave.contrib.scenario_autoretry import patch_scenario_with_autoretry

        def before_feature(context, feature):
            for scenario in feature.walk_scenarios():
                patch_scenario_with_autoretry(scenario, max_attempts=2)
        """,
    )
    suite.write("features/a.feature", "Feature: a\n  Scenario: never\n    When it passes at its 5. attempt\n")
    assert suite.behave("-D", "retries=1").returncode == 1
    assert (suite.folder / "never.tries").read_text() == "xxxx"
