"""Progress of scenarios that run side by side: what runs on which worker, how far it is, and true durations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.terminal.conftest import ToldSuite

LONG = """
    Feature: Shop
      Scenario: Long
        Given somebody waits until the test has seen enough
      Scenario: Longer
        Given somebody waits until the test has seen enough
    """
RED = """
    Feature: Bank
      Scenario: Red
        Then it is 2
      Scenario: Short
        When all is well
    """
SPEAKING = "from support.reporting._screen import PlainScreen\nPlainScreen.pause = 0.1\n"


@pytest.fixture
def side_by_side(suite: ToldSuite) -> ToldSuite:
    """Two scenarios that wait, and two that do not."""
    suite.write("features/a.feature", LONG)
    suite.write("features/b.feature", RED)
    return suite


def test_a_terminal_shows_what_runs_where(side_by_side: ToldSuite) -> None:
    """How many have ended and went badly although they cannot be told yet, and each worker with its scenario."""
    with side_by_side.in_terminal("-j", "3", columns=160) as terminal:
        terminal.read_until(
            r"2/4\S*  \S*1 more bad\S*  .*worker \d: Long(er)? \(\d\.\d s\)  worker \d: Long(er)? \(\d\.\d s\)"
        )
        side_by_side.go_on()
        assert terminal.read_all() == 1
    assert [line for line in terminal.left if "worker" in line or "more bad" in line] == []
    assert "✗ Bank" in terminal.left[-1]


def test_a_log_has_a_line_now_and_then(side_by_side: ToldSuite) -> None:
    """Where nothing can be drawn anew, how it stands is said after a while without a word."""
    side_by_side.write("features/environment.py", SPEAKING)
    with side_by_side.in_terminal("-j", "3", TERM="dumb") as terminal:
        terminal.read_until(r"\.\.\. 2/4 have run, 1 bad, worker \d: Long")
        side_by_side.go_on()
        assert terminal.read_all() == 1
    assert "\x1b" not in terminal.text


def test_a_scenario_took_as_long_as_it_took_where_it_ran(side_by_side: ToldSuite) -> None:
    """Not as long as it took to tell of it: of the second one formatters hear right after the first."""
    side_by_side.write("features/environment.py", SPEAKING)
    with side_by_side.in_terminal("-j", "3", TERM="dumb") as terminal:
        terminal.read_until(r"worker \d: Longer \(([2-9]|\d\d)(\.\d)? s\)")
        side_by_side.go_on()
        assert terminal.read_all() == 1
    assert re.search(r"passed +([2-9]|\d\d)(\.\d)? s  Longer", terminal.text)


def test_a_scenario_that_has_ended_does_not_run(suite: ToldSuite) -> None:
    """It is told at once, and never as one that goes on, while the next one runs."""
    suite.write(
        "features/a.feature",
        LONG.replace(
            "Long\n        Given somebody waits until the test has seen enough", "Short\n        When all is well"
        ),
    )
    suite.write("features/environment.py", SPEAKING)
    with suite.in_terminal("-j", "2", TERM="dumb") as terminal:
        terminal.read_until(r"\.\.\. 1/2 have run, worker \d: Longer \(([2-9]|\d\d)(\.\d)? s\)")
        before = terminal.text
        suite.go_on()
        assert terminal.read_all() == 0
    assert re.search(r"passed .*Short", before)
    assert "running for" not in terminal.text
