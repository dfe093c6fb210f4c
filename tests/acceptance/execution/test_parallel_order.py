"""Locks, groups and orders: what may not run side by side does not, and what belongs together stays together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.side_by_side import with_steps

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite

HOOKS = """
    import os, time

    def said(word, scenario):
        line = f"{time.monotonic()} {word} {os.getpid()} {scenario.name}" + chr(10)
        with open("log.txt", "a") as file:
            file.write(line)

    def before_scenario(context, scenario):
        said("begins", scenario)

    def after_scenario(context, scenario):
        said("ends", scenario)
"""

SETS_UP = """
    import os

    def before_all(context):
        with open("set-up.txt", "a") as file:
            file.write(f"{os.getpid()} ")
"""


def run(suite: Suite, *words: str, tags: dict[str, str]) -> list[tuple[str, str, str]]:
    """Run scenarios with these tags, each in one of two features; what began and ended, in that order, and where."""
    with_steps(suite)
    suite.write("features/environment.py", HOOKS)
    for feature in "ab":
        mine = {name: tag for name, tag in tags.items() if name.startswith(feature)}
        text = "".join(f"  {tag}\n  Scenario: {name}\n    When it takes 0.1 s\n" for name, tag in mine.items())
        suite.write(f"features/{feature}.feature", f"Feature: {feature}\n{text}")
    (suite.folder / "log.txt").unlink(missing_ok=True)
    done = suite.behave("-j", "4", *words)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = sorted((suite.folder / "log.txt").read_text().splitlines(), key=lambda line: float(line.split()[0]))
    return [(word, pid, name) for _, word, pid, name in map(str.split, lines)]


def overlaps(log: list[tuple[str, str, str]]) -> set[frozenset[str]]:
    """Pairs of scenarios that ran at the same time."""
    found, running = set[frozenset[str]](), set[str]()
    for word, _, name in log:
        if word == "begins":
            found |= {frozenset((name, other)) for other in running}
            running.add(name)
        else:
            running.discard(name)
    return found


def pair(*names: str) -> frozenset[str]:
    """Two scenarios that might overlap."""
    return frozenset(names)


def test_scenarios_with_the_same_lock_never_overlap(suite: Suite) -> None:
    """@lock:x keeps every other @lock:x and @shared:x away; those that share it may run side by side."""
    tags = {"a1": "@lock:x", "a2": "@shared:x", "a3": "@shared:x", "b1": "@lock:x", "b2": "@lock:y", "b3": ""}
    found = overlaps(run(suite, tags=tags))
    assert not found & {pair("a1", "b1"), pair("a1", "a2"), pair("a1", "a3"), pair("b1", "a2"), pair("b1", "a3")}
    assert found


def test_an_exclusive_scenario_runs_alone(suite: Suite) -> None:
    """Beside @exclusive nothing runs."""
    tags = {"a1": "", "a2": "@exclusive", "a3": "", "b1": "@exclusive", "b2": "", "b3": ""}
    found = overlaps(run(suite, tags=tags))
    assert not any(names & {"a2", "b1"} for names in found)
    assert found


def test_a_group_runs_on_one_worker_in_its_order(suite: Suite) -> None:
    """Scenarios of one @group:x follow each other as they are written, also across features."""
    tags = {"a1": "@group:g", "a2": "", "a3": "@group:g", "b1": "@group:g", "b2": "", "b3": "@group:g"}
    log = run(suite, tags=tags)
    mine = [(pid, name) for word, pid, name in log if word == "begins" and name in {"a1", "a3", "b1", "b3"}]
    assert [name for _, name in mine] == ["a1", "a3", "b1", "b3"]
    assert len({pid for pid, _ in mine}) == 1


def test_there_are_no_more_workers_than_there_is_to_hand_out(suite: Suite) -> None:
    """A worker that would have nothing to do does not set up; a group is one piece."""
    group = "".join(f"  @group:g\n  Scenario: {name}\n    When all is well\n" for name in "ab")
    suite.write("features/a.feature", f"Feature: a\n{group}  Scenario: c\n    When all is well\n")
    suite.write("features/environment.py", SETS_UP)
    suite.behave("-j", "8")
    assert len((suite.folder / "set-up.txt").read_text().split()) == 2


def test_by_feature_each_feature_stays_on_one_worker(suite: Suite) -> None:
    """With -D schedule=feature, the scenarios of a feature follow each other in one process."""
    names = [f"{feature}{number}" for feature in "ab" for number in range(4)]
    log = run(suite, "-D", "schedule=feature", tags=dict.fromkeys(names, ""))
    for feature in "ab":
        mine = [(pid, name) for word, pid, name in log if word == "begins" and name.startswith(feature)]
        assert [name for _, name in mine] == [f"{feature}{number}" for number in range(4)]
        assert len({pid for pid, _ in mine}) == 1


def test_a_random_order_is_that_of_its_seed(suite: Suite) -> None:
    """The seed is told, and the same seed gives the same output side by side as one after the other."""
    with_steps(suite)
    text = "".join(f"  Scenario: s{number}\n    When all is well\n" for number in range(12))
    suite.write("features/a.feature", f"Feature: a\n{text}")
    first = suite.behave("-j", "3", "-D", "order=random", "-f", "plain")
    seed = re.findall(r"Random order with -D seed=(\d+)\.", first.stderr)
    again = suite.behave("-j", "1", "-D", "order=random", "-D", f"seed={seed[0]}", "-f", "plain")
    order = [re.findall(r"Scenario: (s\d+)", done.stdout) for done in (first, again)]
    assert order[0] == order[1]
    assert len(order[0]) == 12


BAD = [
    (["-j", "0"], "", "jobs is '0'; expected a number from 1 on"),
    (["-j", "x"], "", "x"),
    (["-D", "jobs=0"], "", "jobs is '0'; expected a number from 1 on, or auto for one a processor."),
    (["-D", "jobs=x"], "", "jobs is 'x'; expected a number from 1 on"),
    (["-D", "repeat=0"], "", "-D repeat=0: expected a number from 1 on."),
    (["-D", "repeat="], "", "-D repeat=: expected a number from 1 on."),
    (["-D", "seed=" + 5000 * "9"], "", "-D seed=...: 5000 digits are too many; expected a whole number of up to 18."),
    (["-D", "shard="], "", "-D shard= names no shard: often a variable that is not set."),
    (["-D", "retries=x"], "", "-D retries=x: expected a whole number"),
    (["-j", "2"], "@lock:", "@lock: at features/a.feature:3 names nothing. Write @lock:NAME."),
    (["-j", "2"], "@shared:", "@shared: at features/a.feature:3 names nothing. Write @shared:NAME."),
    (["-j", "2"], "@group:x @group:y", "features/a.feature:3 is in 2 groups (x, y). Leave it one @group:NAME."),
]


@pytest.mark.parametrize(("words", "tags", "told"), BAD, ids=lambda each: str(each)[:30])
def test_bad_input_is_told_in_one_message(suite: Suite, words: list[str], tags: str, told: str) -> None:
    """Nothing runs; the value and what to write instead are named, without a traceback."""
    suite.write("features/a.feature", f"Feature: a\n  {tags}\n  Scenario: a\n    Given a is noted\n")
    done = suite.behave(*words)
    assert (done.returncode != 0, suite.ran()) == (True, [])
    assert told in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(("tag", "words"), [("@group:g", []), ("", ["-D", "schedule=feature"])])
def test_what_belongs_together_is_repeated_together(suite: Suite, tag: str, words: list[str]) -> None:
    """All of a unit have ended before any of it runs once more, and each time in its order."""
    log = run(suite, "-D", "repeat=2", *words, tags=dict.fromkeys(["a1", "a2", "a3"], tag) | {"b1": ""})
    names = [name for word, _, name in log if word == "begins" and name.startswith("a")]
    assert names == ["a1", "a2", "a3"] * 2
