from __future__ import annotations

from behave.parser import parse_feature

from support.execution.parallel._plan import items_of, units_of
from support.execution.parallel._schedule import Schedule

FEATURE = "Feature: F\n" + "".join(f"  Scenario: {each}\n    Given nothing\n" for each in ("smoke", "other"))


def test_the_others_run_once_smoke_is_over() -> None:
    """What is not smoke is held back until the smoke scenario has ended, and runs then."""
    smoke, other = units_of(items_of(list(parse_feature(FEATURE, filename="f.feature").walk_scenarios()), {}))
    schedule = Schedule([smoke, other], first=frozenset({0}), gate=str)

    assert schedule.pick(None, ()) is smoke
    assert schedule.pick(None, ()) is None
    schedule.over(0)
    schedule.ended(smoke)
    assert schedule.pick(None, ()) is other
