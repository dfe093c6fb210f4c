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
