"""Shards of a foreign suite: what they run, and what behave says of it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite

WORDS = """
    Feature: Words
      Scenario: first
        Given a is noted

      @group:pair
      Scenario: second
        Given b is noted

      Scenario Outline: rows
        Given <word> is noted

        @of_three
        Examples:
          | word |
          | c    |
          | d    |

      Rule: a rule
        @group:pair
        Scenario: in a rule
          Given e is noted
"""
MORE = """
    Feature: More
      Scenario: other
        Given f is noted

      @never
      Scenario: never
        Given x is noted
"""


@pytest.fixture
def words(suite: Suite) -> Suite:
    """A suite of six scenarios that note a word each, and one that is never selected."""
    suite.write("features/words.feature", WORDS)
    suite.write("features/more.feature", MORE)
    suite.write("features/environment.py", 'def before_feature(context, feature):\n    print("OPEN", feature.name)\n')
    return suite


def parts(suite: Suite, total: int, *words: str) -> list[list[str]]:
    """What each shard runs."""
    found = []
    for number in range(1, total + 1):
        result = suite.behave("--tags=not @never", "-D", f"shard={number}/{total}", *words)
        assert result.returncode == 0, result.stdout + result.stderr
        found.append(suite.ran())
    return found


@pytest.mark.parametrize("words_given", [[], ["-j", "2"], ["-D", "order=random"]], ids=["serial", "workers", "random"])
def test_shards_run_everything_once(words: Suite, words_given: list[str]) -> None:
    """Together they run what a run without shards does, and groups stay together."""
    found = parts(words, 3, *words_given)
    assert sorted(word for part in found for word in part) == list("abcdef")
    assert any({"b", "e"} <= set(part) for part in found)
    assert all(found)


def test_features_stay_together_if_they_are_scheduled_so(words: Suite) -> None:
    """With schedule=feature a feature that shares state is not torn apart."""
    assert sorted(parts(words, 2, "-D", "schedule=feature")) == [list("abcde"), ["f"]]


def test_machines_that_differ_cut_alike(words: Suite, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In another folder, with files named in another order: together they run everything once."""
    there = type(words)(tmp_path_factory.mktemp("else where"))
    for path in ("features/words.feature", "features/more.feature", "features/environment.py"):
        there.write(path, (words.folder / path).read_text())
    here = words.behave("--tags=not @never", "-D", "shard=1/2", "features/words.feature", "features/more.feature")
    other = there.behave("--tags=not @never", "-D", "shard=2/2", "features/more.feature", "features/words.feature")
    assert (here.returncode, other.returncode) == (0, 0)
    assert sorted(words.ran() + there.ran()) == list("abcdef")


def test_an_empty_shard_is_green(words: Suite) -> None:
    """More machines than scenarios: one has nothing to do, and says so."""
    results = [words.behave("--name=first", "-D", f"shard={number}/2") for number in (1, 2)]
    assert [each.returncode for each in results] == [0, 0]
    assert words.ran() == ["a"]
    assert sum("is empty: 1 scenario stands in other shards." in each.stderr for each in results) == 1


def test_durations_balance_shards(words: Suite) -> None:
    """The scenario that takes as long as all others has a shard of its own."""
    words.write("ids.py", IDS)
    assert words.behave("--dry-run", "-f", "ids:Ids").returncode == 0
    known = dict(line.split("\t") for line in (words.folder / "ids.txt").read_text().splitlines())
    words.write("took.json", json.dumps({known[name]: 8.0 if name == "other" else 1.0 for name in known}))
    assert sorted(parts(words, 2, "-D", "durations=took.json")) == [list("abcde"), ["f"]]


def test_no_worker_has_nothing_to_do(suite: Suite) -> None:
    """However many are asked for: what stays together is for one of them."""
    suite.write("features/more.feature", MORE)
    hooks = "import os\ndef before_all(context):\n    open(f'worker-{os.getpid()}', 'w').close()\n"
    suite.write("features/environment.py", hooks)
    assert suite.behave("--tags=not @never", "-j", "4").returncode == 0
    assert len(list(suite.folder.glob("worker-*"))) == 1


IDS = """
    from behave.formatter.base import Formatter
    from support.execution import scenario_id

    class Ids(Formatter):
        def scenario(self, scenario):
            with open("ids.txt", "a") as file:
                file.write(f"{scenario.name}\\t{scenario_id(scenario)}\\n")
"""


TAGGED = """
    @all
    Feature: Tagged
      @a
      Scenario: first
        Given a is noted

      @b
      Scenario: second
        Given b is noted

      Rule: a rule
        @c
        Scenario: third
          Given c is noted
"""
OTHER = """
    Feature: Other
      @d
      Scenario: fourth
        Given d is noted
"""


@pytest.mark.parametrize(
    "options", [["-f", "plain"], ["-f", "plain", "--no-skipped"], ["-f", "json"], ["-f", "progress"]]
)
def test_behave_tells_of_a_shard_as_of_tags(suite: Suite, options: list[str]) -> None:
    """Formatters, counts and hooks see what they would if tags had selected the same."""
    suite.write("features/tagged.feature", TAGGED)
    suite.write("features/other.feature", OTHER)
    suite.write("features/environment.py", 'def before_feature(context, feature):\n    print("OPEN", feature.name)\n')
    for number in (1, 2, 3):
        by_shard = suite.behave("-D", f"shard={number}/3", *options)
        by_tags = suite.behave("--tags=" + ",".join(f"@{word}" for word in suite.ran()), *options)
        assert told(by_shard.stdout) == told(by_tags.stdout)
        suite.ran()


def told(output: str) -> str:
    """What behave said, without times."""
    return re.sub(r"\d+\.\d+s|\"duration\": [0-9.e-]+", "-", output)
