"""Progress where somebody sits in front of it: what runs now, how far it is, and what is left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from support.record import read_record
from support.reporting._plain_text import cells
from support.reporting._runs import remember

if TYPE_CHECKING:
    from tests.acceptance.terminal.conftest import ToldSuite

LONG = """
    Feature: Shop
      Scenario: Short
        When all is well
      Scenario: Long
        Given somebody waits until the test has seen enough
      Scenario: Red
        Then it is 2
    """


def test_what_runs_now_is_shown_and_gone_in_the_end(suite: ToldSuite) -> None:
    """Title and elapsed time of the scenario, then its step; what stays is a line for what is bad and one a feature."""
    suite.write("features/shop.feature", LONG)
    with suite.in_terminal() as terminal:
        terminal.read_until(r"Long \(0\.\d s\)")
        terminal.read_until(r"Long \(1\.\d s, Given somebody waits")
        suite.go_on()
        assert terminal.read_all() == 1
    left = [re.sub(r"[\d.]+ s", "TIME", line) for line in terminal.left]
    assert [re.sub(r" {2,}", "  ", line) for line in left if not line.startswith("USING")] == [
        "✗ Red  TIME",
        "  Then it is 2: expected 1, found 2",
        "  features/shop.feature:6",
        "✗ Shop  2 passed, 1 failed  TIME",
    ]


def test_the_time_left_comes_from_earlier_runs(suite: ToldSuite) -> None:
    """What a scenario took the last time is what it will take, from the first moment."""
    suite.with_scope()
    suite.write("features/shop.feature", LONG)
    suite.go_on()
    suite.told()
    record = read_record(suite.folder / "reports" / "record.jsonl")
    remember(record, suite.folder / "reports")
    (suite.folder / "seen").unlink()
    with suite.in_terminal() as terminal:
        terminal.read_until(r"1/3\S*  \S*[\d.]+ s, about 1\.0 s left")  # each took 0.1 s: less than one is not told
        suite.go_on()
        terminal.read_all()


def test_colours_are_spared(suite: ToldSuite) -> None:
    """NO_COLOR leaves the line that is drawn anew, and no colour."""
    suite.write("features/shop.feature", LONG)
    suite.go_on()
    with suite.in_terminal(NO_COLOR="1") as terminal:
        terminal.read_all()
    assert set(re.findall(r"\x1b\[[^A-Za-z]*[A-Za-z]", terminal.text)) == {"\x1b[2K"}


@pytest.mark.parametrize("columns", [30, 60])
def test_nothing_is_wider_than_the_terminal(suite: ToldSuite, columns: int) -> None:
    """Long and wide names are cut, so that no line wraps."""
    title = "世界 and everything beyond it that makes a name long"
    suite.write("features/shop.feature", f"Feature: {title}\n  Scenario: {title}\n    Then it is 2\n")
    with suite.in_terminal(columns=columns) as terminal:
        terminal.read_all()
    told = [line for line in terminal.left if "世界" in line or "it is 2" in line]
    assert len(told) == 3
    assert all(cells(line) < columns for line in told), told


def test_hostile_names_send_no_command(suite: ToldSuite) -> None:
    """A terminal obeys what it is sent: only colours and erasing a line are."""
    suite.write(
        "features/shop.feature",
        "Feature: \x1b[31mShop\n  Scenario: \x1b[2JGood\n    Given it says \\x1b]0;owned\\x07\n",
    )
    with suite.in_terminal() as terminal:
        terminal.read_all()
    assert not {letter for letter in re.sub(r"\x1b\[[0-9;]*[mK]", "", terminal.text) if letter < " "} - {"\r", "\n"}
    assert any(r"\x1b[2JGood" in line for line in terminal.left)


def test_an_interrupted_run_leaves_a_clean_line(suite: ToldSuite) -> None:
    """Control-C leaves nothing half drawn."""
    suite.write("features/shop.feature", LONG)
    with suite.in_terminal() as terminal:
        terminal.read_until(r"Long \(")
        terminal.process.send_signal(2)
        assert terminal.read_all() == 1
    assert not any("Long (" in line for line in terminal.left)
    assert "Traceback" not in terminal.text
