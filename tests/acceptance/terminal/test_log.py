"""Progress where nobody sits in front of it: a line for each scenario."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.terminal.conftest import ToldSuite

MIXED = """
    Feature: Shop
      Scenario: Good
        When all is well

      Rule: Stock
        Scenario Outline: Row <n>
          Then it is <n>
          Examples: few
            | n |
            | 1 |
            | 2 |

      Scenario: Ours
        When it breaks

      Scenario: Nobody wrote it
        When nobody has written this

      @not_here
      Scenario: Excluded
        When all is well
"""


def lines(text: str) -> list[str]:
    """The lines that tell of scenarios, their times replaced."""
    return [re.sub(r" +[\d.]+ s  ", " TIME ", line) for line in text.splitlines() if line.startswith(("[", "      "))]


@pytest.mark.parametrize("runner", ["support.execution:Runner", "behave.runner:Runner"])
def test_each_scenario_has_a_line(suite: ToldSuite, runner: str) -> None:
    """Verdict, time, title and place, and what went wrong; what was excluded is not there."""
    suite.write("features/shop.feature", MIXED)
    done = suite.told("--tags=not @not_here", "--no-color", runner=runner)
    assert lines(done.stdout) == [
        "[1] passed TIME Good  (features/shop.feature:2)",
        "[2] passed TIME Row 1  (features/shop.feature:10)",
        "[3] FAILED TIME Row 2  (features/shop.feature:11)",
        "        Then it is 2: expected 1, found 2",
        "[4] BROKEN TIME Ours  (features/shop.feature:13)",
        "        When it breaks: boom",
        "[5] BROKEN TIME Nobody wrote it  (features/shop.feature:16)",
        "        When nobody has written this: undefined",
    ]
    assert done.returncode == 1
    assert "\x1b" not in done.stdout


def test_lines_are_numbered_where_the_plan_is_known(suite: ToldSuite) -> None:
    """With a run scope, each line says how many there are."""
    suite.with_scope()
    suite.write("features/shop.feature", MIXED)
    assert [line[:5] for line in lines(suite.told().stdout)[:3]] == ["[1/6]", "[2/6]", "[3/6]"]


@pytest.mark.parametrize(
    ("hooks", "broken"),
    [
        ("def before_scenario(context, scenario): raise OSError('no')", "Good"),
        ("def after_scenario(context, scenario): raise OSError('no')", "Good"),
        ("def before_tag(context, tag): raise OSError('no')", "Good"),
        ("def before_step(context, step): raise OSError('no')", "Good"),
        ("def before_feature(context, feature): raise OSError('no')", "Feature: Shop"),
        ("def after_feature(context, feature): raise OSError('no')", "Feature: Shop"),
        ("def before_rule(context, rule): raise OSError('no')", "Rule: Stock"),
        ("def after_rule(context, rule): raise OSError('no')", "Rule: Stock"),
        ("def before_scenario(context, scenario): context.add_cleanup(lambda: 1 / 0)", "Good"),
        ("def before_feature(context, feature): context.add_cleanup(lambda: 1 / 0)", "Feature: Shop"),
    ],
)
def test_what_hooks_break_is_told(suite: ToldSuite, hooks: str, broken: str) -> None:
    """No failing hook or clean-up looks green, and none ends the telling."""
    suite.write(
        "features/shop.feature",
        """
        Feature: Shop
          Rule: Stock
            @tagged
            Scenario: Good
              When all is well
        """,
    )
    suite.write("features/environment.py", hooks)
    done = suite.told()
    assert done.returncode == 1
    assert [line for line in lines(done.stdout) if f"BROKEN TIME {broken}  (" in line], done.stdout
    assert "Traceback" not in done.stderr


def test_a_run_that_is_interrupted_ends_in_whole_lines(suite: ToldSuite) -> None:
    """The scenario in which it was broken off has its line; what did not start has none."""
    suite.write(
        "features/shop.feature",
        """
        Feature: Shop
          Scenario: Good
            When all is well
          Scenario: Broken off
            When the run gets SIGINT
          Scenario: Never
            When all is well
        """,
    )
    done = suite.told()
    assert done.returncode == 1
    assert len(lines(done.stdout)) >= 2
    assert "Broken off" in done.stdout
    assert "Never" not in done.stdout
    assert "Traceback" not in done.stderr


def test_a_run_that_dies_in_a_clean_up_ends_in_whole_lines(suite: ToldSuite) -> None:
    """Where behave does not even say that the feature has ended, its last scenario is told all the same."""
    suite.write("features/shop.feature", "Feature: Shop\n  Scenario: Good\n    When all is well\n")
    suite.write(
        "features/environment.py",
        """
        def stop():
            raise KeyboardInterrupt

        def before_scenario(context, scenario):
            context.add_cleanup(stop)
        """,
    )
    done = suite.told(runner="behave.runner:Runner")
    assert lines(done.stdout) == ["[1] passed TIME Good  (features/shop.feature:2)"]
    assert done.returncode == 1


def test_what_is_skipped_says_why(suite: ToldSuite) -> None:
    """A hook that skips a scenario has its reason told."""
    suite.write("features/shop.feature", "Feature: Shop\n  Scenario: Good\n    When all is well\n")
    suite.write("features/environment.py", "def before_scenario(context, scenario): scenario.skip('not today')")
    assert lines(suite.told().stdout) == ["[1] skipped TIME Good  (features/shop.feature:2)", "        not today"]


def test_a_dry_run_says_that_nothing_ran(suite: ToldSuite) -> None:
    """Each scenario is listed as not run."""
    suite.write("features/shop.feature", "Feature: Shop\n  Scenario: Good\n    When all is well\n")
    assert lines(suite.told("--dry-run").stdout) == ["[1] not run TIME Good  (features/shop.feature:2)"]


def test_others_may_tell_the_same_run(suite: ToldSuite) -> None:
    """behave's own formatters work beside it."""
    suite.write("features/shop.feature", MIXED)
    suite.told("-o", "told.txt", "-f", "json", "-o", "told.json", "-f", "plain", "-o", "plain.txt")
    (feature,) = json.loads((suite.folder / "told.json").read_text())
    assert len(feature["elements"]) == 6
    assert "Scenario Outline: Row 1" in (suite.folder / "plain.txt").read_text()
    assert len(re.findall(r"^\[", (suite.folder / "told.txt").read_text(), re.MULTILINE)) == 6


def test_hostile_names_and_messages_reach_no_log_as_commands(suite: ToldSuite) -> None:
    """What a product says may not colour, move or hide anything."""
    suite.write(
        "features/shop.feature",
        "Feature: \x1b[31mShop\n  Scenario: \x1b[2JGood \u202e\n    Given it says \\x1b]0;owned\\x07\n",
    )
    done = suite.told()
    assert r"\x1b[2JGood" in done.stdout
    assert r"\x1b]0;owned\x07" in done.stdout
    assert not {letter for letter in done.stdout if letter < " "} - {"\n"}


def test_a_long_scenario_says_that_it_goes_on(suite: ToldSuite) -> None:
    """By lines, with the step that it is in: a CI server ends jobs that say nothing."""
    suite.write(
        "features/shop.feature",
        "Feature: Shop\n  Scenario: Long\n    Given somebody waits until the test has seen enough\n",
    )
    suite.write(
        "features/environment.py", "from support.reporting._screen import PlainScreen\nPlainScreen.pause = 0.1\n"
    )
    with suite.in_terminal(TERM="dumb") as terminal:
        terminal.read_until(r"\.\.\. running for 0\.\d s: Long \(Given somebody waits until .*\)\r\n")
        suite.go_on()
        assert terminal.read_all() == 0
    assert "\x1b" not in terminal.text
