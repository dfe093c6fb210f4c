"""Stable ids, drawn from behave's model."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest
from behave.configuration import Configuration
from behave.parser import parse_feature

from support.core import ConfigurationError, Setting, Settings, stable_id
from support.execution import plan_of, rerun_command, scenario_id
from support.execution._identity import check_unique, selected_of, stamp

if TYPE_CHECKING:
    from behave.model import Feature

TEXT = """
    @shop
    Feature: F
      Scenario: plain
        Given x
      Rule: R
        @id:given
        Scenario: named
          Given x
        @id:rows
        Scenario Outline: two of <n>
          Given <n>
          Examples: few
            | n |
            | 1 |
            | 2 |
      Scenario Outline: rows of <n>
        Given <n>
        Examples: few
          | n |
          | 1 |
"""


def feature_of(text: str = TEXT, file: str = "features/f.feature") -> Feature:
    """A feature as behave parses it."""
    return parse_feature(dedent(text), filename=file)


def ids(feature: Feature) -> dict[str, str]:
    """The ids of a feature's scenarios by their names."""
    return {str(each.name).strip(): scenario_id(each) for each in feature.walk_scenarios()}


def config(*words: str) -> Configuration:
    """behave's configuration for a command line."""
    return Configuration(list(words), load_config=False)


def test_an_id_is_drawn_from_path_rule_name_and_row() -> None:
    """The id of a row is that of the outline's name as written, and of its cells."""
    found = ids(feature_of())
    assert found["plain"] == stable_id("features/f.feature", "", "plain")
    assert found["rows of 1 -- @1.1 few"] == stable_id("features/f.feature", "R", "rows of <n>", {"n": "1"})


def test_a_given_id_survives_renaming_and_moving() -> None:
    """`@id:` stands for path, rule and name; the rows of an outline that has one are still told apart."""
    found = ids(feature_of())
    assert found["named"] == "given"
    first, second = found["two of 1 -- @1.1 few"], found["two of 2 -- @1.2 few"]
    assert first != second
    assert first.startswith("rows-")


def test_an_id_survives_reordering_and_other_rows() -> None:
    """Where a scenario or row stands says nothing about which it is."""
    rows = "            | 1 |\n            | 2 |\n"
    moved = TEXT.replace(rows, "            | 3 |\n            | 2 |\n            | 1 |\n")
    before, after = ids(feature_of()), ids(feature_of(moved))
    assert after["two of 2 -- @1.2 few"] == before["two of 2 -- @1.2 few"]
    assert after["two of 1 -- @1.3 few"] == before["two of 1 -- @1.1 few"]


def test_an_id_is_relative_to_the_suite() -> None:
    """Whoever stands in another folder sees the same ids."""
    here, there = feature_of(), feature_of(file="/elsewhere/features/f.feature")
    stamp([there], "/elsewhere")
    assert ids(here) == ids(there)


def test_the_plan_is_what_is_selected() -> None:
    """Ids, places, names without behave's suffix, and all tags, inherited ones first."""
    plan = plan_of([feature_of()], config("--tags=@id:rows"))
    assert [(each.location, each.name, each.tags) for each in plan] == [
        ("features/f.feature:15", "two of 1", ("shop", "id:rows")),
        ("features/f.feature:16", "two of 2", ("shop", "id:rows")),
    ]


def test_the_same_scenario_twice_is_no_twin_of_another() -> None:
    """Scenarios that differ in rule or row are told apart, whatever their names."""
    feature = feature_of(TEXT.replace("Scenario: plain", "Scenario: named").replace("@id:given", ""))
    check_unique(selected_of([feature], config()))


def test_twins_are_refused() -> None:
    """Two scenarios of one name in one place are an error that names both lines."""
    twins = feature_of("Feature: F\n  Scenario: A\n    Given x\n  Scenario: A\n    Given x\n")
    with pytest.raises(ConfigurationError, match=r"f\.feature:2 and features/f\.feature:4 cannot be told apart"):
        check_unique(selected_of([twins], config()))


def test_the_rerun_line_has_seed_and_settings() -> None:
    """The seed comes first, what concerns the whole run is left out, and odd values are quoted."""
    known = [Setting(name, "") for name in ("seed", "profile", "order", "note")]
    settings = Settings(known, {"profile": "remote", "order": "random", "seed": "7", "note": "a b"})
    scenario = feature_of().scenarios[0]
    assert rerun_command(scenario, settings) == (
        "behave features/f.feature:4 -D seed=7 -D 'note=a b' -D profile=remote"
    )
