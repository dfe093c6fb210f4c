"""Which scenarios belong together, and what becomes of one whose process died."""

from __future__ import annotations

import pytest
from behave.parser import parse_feature

from support.execution.parallel._death import broken_off
from support.execution.parallel._plan import Item, items_of, units_of
from support.execution.parallel._position import RUNNING, Place
from support.execution.parallel._schedule import Schedule


def items(*tags: str) -> list[Item]:
    """A scenario of two steps for each of these, in a feature of its own."""
    step = "    Given nothing\n    Given nothing\n"
    features = [parse_feature(f"Feature: F\n  {tag}\n  Scenario: S\n{step}", filename="f.feature") for tag in tags]
    return items_of([each for feature in features for each in feature.walk_scenarios()], {})


def test_a_group_stays_together_by_feature_too() -> None:
    """Features that share a group become one unit."""
    numbers = [
        [each.number for each in unit.items] for unit in units_of(items("@group:g", "", "@group:g"), by_feature=True)
    ]
    assert numbers == [[0, 2], [1]]


@pytest.mark.parametrize(("since", "status", "rest"), [(7.0, "error", "error"), (float("inf"), "hook_error", "passed")])
def test_a_death_between_steps_breaks_the_scenario_and_no_step(since: float, status: str, rest: str) -> None:
    """A step that has ended is not told as the one in which the process died."""
    place = Place(RUNNING, 0, 1, step=1, since=since, began=5.0, moments=(6.0, 7.0), ended=8.0)
    told = broken_off(items("")[0], place, {}, "was killed", "worker 1")
    assert (told["state"]["status"], told["rest"]) == (status, ["passed", rest])
    assert [len(entry) for entry in told["tape"] if entry[0] == "result"] == [3, 4 if rest == "error" else 3]


@pytest.mark.parametrize("which", ["gate", "closed"])
def test_no_other_attempt_begins_in_a_system_that_is_gone(which: str) -> None:
    """What is to run once more asks as well whether anything may."""
    gone: list[str] = []
    (unit,) = units_of(items(""))
    ask = {which: lambda: "".join(gone)}
    schedule = Schedule([], first=frozenset(), gate=ask.get("gate", str), closed=ask.get("closed", str))
    unit.alone = True
    schedule.again(unit)
    gone.append("The system is gone.")
    assert schedule.pick(None, ()) is None
    gone.clear()
    assert schedule.pick(None, ()) is unit
