"""What took long in earlier runs begins first, in any suite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.execution.conftest import Suite

FEATURE = """
    Feature: Shop
      Scenario: one
        Given one is noted
      Scenario: two
        Given two is noted
      Scenario: three
        Given three is noted
"""


@pytest.fixture
def cache(suite: Suite, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own, and a suite of three scenarios."""
    suite.write("features/a.feature", FEATURE)
    monkeypatch.setenv("XDG_CACHE_HOME", str(suite.folder / "cache"))
    return suite.folder / "cache"


def test_what_took_longest_begins_first(suite: Suite, cache: Path) -> None:
    """A foreign suite has a file in the user's cache, by its path; what it says decides."""
    assert suite.behave("-j", "2").returncode == 0
    (file,) = cache.glob("rehearsal/durations/*.json")
    suite.ran()
    known = json.loads(file.read_text())
    assert len(known) == 3
    suite.behave("-n", "three", "-D", "repeat=2")
    three = list(json.loads(file.read_text()))[-1]
    file.write_text(json.dumps({name: 9.0 if name == three else 0.5 for name in known}))
    suite.ran()
    suite.behave("-D", "retries=1")
    assert suite.ran() == ["three", "one", "two"]


@pytest.mark.parametrize("trouble", ["no folder", "no JSON"])
def test_a_cache_that_is_of_no_use_is_no_trouble(suite: Suite, cache: Path, trouble: str) -> None:
    """The run is as if there had been no other before."""
    if trouble == "no folder":
        cache.write_text("")
    else:
        suite.behave("-j", "2")
        for file in cache.glob("rehearsal/durations/*.json"):
            file.write_text("[1")
    done = suite.behave("-j", "2")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_file_that_is_given_goes_before_what_is_known_here(suite: Suite, cache: Path) -> None:
    """A machine without a history, or with another one, begins with what the file says takes longest."""
    suite.behave("-j", "2")
    (file,) = cache.glob("rehearsal/durations/*.json")
    suite.ran()
    known = json.loads(file.read_text())
    suite.behave("-n", "two", "-D", "repeat=2")
    two = list(json.loads(file.read_text()))[-1]
    suite.write("took.json", json.dumps({name: 9.0 if name == two else 0.5 for name in known}))
    for history in ({name: 0.5 if name == two else 9.0 for name in known}, {}):
        file.write_text(json.dumps(history))
        suite.ran()
        done = suite.behave("-D", "retries=1", "-D", "durations=took.json")
        assert (done.stderr, suite.ran()) == ("", ["two", "one", "three"])


def test_durations_of_other_scenarios_are_told(suite: Suite) -> None:
    """The run goes on as without them: the order is of no account to what it finds."""
    suite.write("features/a.feature", FEATURE)
    suite.write("took.json", '{"elsewhere": 3.0}')
    done = suite.behave("-j", "2", "-D", "durations=took.json")
    assert "-D durations=took.json knows none of 3 scenarios" in done.stderr
    assert (done.returncode, sorted(suite.ran())) == (0, ["one", "three", "two"])
