"""Suites that are written or started in unusual ways keep all their results."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from .reading import attached, fixtures, labels, the_result, the_step
from .running import Outcome, Suite
from .suites import PROBE

if TYPE_CHECKING:
    from pathlib import Path

STEPS = r"""
from behave import step

class Mute(Exception):
    def __str__(self):
        return ""

@step("{word} is well")
def well(context, word):
    pass

@step("it fails with control characters")
def control(context):
    raise AssertionError("a bell \x07, a null \x00, half a pair \ud800, an escape \x1b[31m, <b>bold</b>")

@step("it fails without words")
def mute(context):
    raise Mute

@step("it fails at length")
def at_length(context):
    raise RuntimeError("\n".join(f"line {number} {'x' * 2000}" for number in range(2000)))

@step("it fails in a chain")
def in_a_chain(context):
    try:
        raise KeyError("the cause")
    except KeyError as cause:
        raise RuntimeError("the effect") from cause

@step("it prints what is no text")
def prints(context):
    print("half a pair \udcff")
    raise AssertionError("printed")
"""
ENVIRONMENT = """
def before_feature(context, feature):
    pass

def before_rule(context, rule):
    pass
"""
FEATURE = """
Feature:
  Scenario:
    Given all is well

  Scenario: twice in one file
    Given all is well

  Scenario: twice in one file
    Then it fails in a chain

  Scenario Outline: <thing> in two equal rows
    Then <thing> is well

    @some
    Examples: some
      | thing |
      | tea   |
      | tea   |

  Scenario Outline: <missing> is no heading
    Then all is well

    Examples:
      | thing |
      | tea   |

  Scenario: naïve «quotes», 茶, <b>bold</b>
    Then it fails with control characters

  Scenario: mute
    Then it fails without words

  Scenario: at length
    Then it fails at length

  Scenario: printing
    Then it prints what is no text

  Rule:
    Scenario: in a rule without a name
      Given all is well
"""


@pytest.fixture(scope="module")
def unusual(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The unusual suite, named by an absolute path."""
    suite = Suite(tmp_path_factory.mktemp("unusual"))
    files = {"features/a b/ünusual.feature": FEATURE, "steps/steps.py": STEPS, "environment.py": ENVIRONMENT}
    return suite.write({**files, "probe.py": PROBE}).behave(str(suite.folder / "features"))


def test_nothing_is_lost_whatever_things_are_called(unusual: Outcome) -> None:
    """No names, equal names, equal rows, any characters: each scenario has a result and a history of its own."""
    assert unusual.summary == {"passed": 6, "failed": 2, "error": 3}
    assert Counter(each["status"] for each in unusual.results) == {"passed": 6, "failed": 2, "broken": 3}
    assert len({each["historyId"] for each in unusual.results}) == 11
    assert all(each["name"] for each in unusual.results)


def test_a_path_may_be_absolute(unusual: Outcome) -> None:
    """Fixtures, epic and identity are the same as with a relative path: no path of this machine is in a result."""
    result = the_result(unusual, "in a rule without a name")
    assert labels(result, "epic") == ["A b"]
    assert [each["name"] for each in fixtures(unusual.report, result, "befores")]
    assert str(unusual.folder) not in str(unusual.results)


def test_a_chain_of_errors_is_told(unusual: Outcome) -> None:
    """The message is the last error's, without the frames of behave."""
    told = next(each for each in unusual.of("twice in one file") if each["status"] == "broken")["statusDetails"]
    assert "the effect" in told["message"]
    assert "behave/" not in told["trace"]


def test_a_long_message_is_cut_and_says_so(unusual: Outcome) -> None:
    """Four megabytes of message do not drown a report, nor do they vanish without a word."""
    told = the_result(unusual, "at length")["statusDetails"]["message"]
    assert "line 0" in told
    assert len(told) < 12_000


def test_an_error_without_words_is_called_by_its_type(unusual: Outcome) -> None:
    """There is always something to read."""
    assert "Mute" in the_result(unusual, "mute")["statusDetails"]["message"]


def test_output_that_is_no_text_is_kept(unusual: Outcome) -> None:
    """Characters that no encoding has do not break a result."""
    step = the_step(the_result(unusual, "printing"), "Then it prints what is no text")
    assert "half a pair" in "".join(attached(unusual.report, step).values())


def test_a_folder_that_cannot_be_written_is_told(suite: Suite, tmp_path: Path) -> None:
    """A file in the place of the folder of results ends the run with a sentence, not with results that are missing."""
    suite.write({"features/a.feature": "Feature: A\n  Scenario: a\n    Given all is well\n", "steps/steps.py": STEPS})
    (tmp_path / "results").write_text("in the way")
    process = suite.behave("features", probe=False).process
    assert process.returncode != 0
    assert "results" in process.stdout + process.stderr
