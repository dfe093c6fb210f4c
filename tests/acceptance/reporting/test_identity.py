"""A result's history survives what does not change the scenario, and no two scenarios share one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .running import Outcome, Suite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Outcomes = Callable[..., Outcome]

STEPS = "from behave import step\n\n@step('{any}')\ndef anything(context, any):\n    pass\n"
FEATURE = """
Feature: History
  @id:known
  Scenario: has an id
    Given tea

  Scenario: has none
    Given tea

  Scenario Outline: sells <thing>
    Given <thing>

    Examples:
      | thing | price |
      | tea   | 2     |
      | cake  | 3     |

  @id:goods
  Scenario Outline: buys <thing>
    Given <thing>

    Examples:
      | thing |
      | milk  |
"""
CHANGED = """
Feature: History
  A word more.

  @id:goods @new
  Scenario Outline: buys <thing>
    Given <thing>

    Examples: one more
      | thing |
      | sugar |
      | milk  |

  Scenario Outline: sells <thing>
    Given <thing>
    And another step

    Examples: of today
      | thing  | price |
      | coffee | 1     |
      | cake   | 3     |
      | tea    | 2     |

  Scenario: has none
    Given tea

  Scenario: is new
    Given tea

  @id:known
  Scenario: has an id
    Given tea
"""
OLD = ("has an id", "has none", "sells tea", "sells cake", "buys milk")


def history(folder: Path, path: str, text: str) -> Mapping[str, str]:
    """The history id of each result of a feature that stands at a path, by name."""
    suite = Suite(folder).write({path: text, "steps/steps.py": STEPS})
    results = suite.behave("features", probe=False).results
    found = {each["name"]: each["historyId"] for each in results}
    assert len(set(found.values())) == len(results), results
    return found


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The history ids of the feature as it was at first."""
    return history(tmp_path_factory.mktemp("before"), "features/history.feature", FEATURE)


def test_history_survives_other_rows_and_another_order(before: Mapping[str, str], tmp_path: Path) -> None:
    """Rows and scenarios that are added, moved or described do not change the history of those that were there."""
    after = history(tmp_path, "features/history.feature", CHANGED)
    assert {name: after[name] for name in OLD} == before


def test_history_survives_a_move_where_an_id_is_given(before: Mapping[str, str], tmp_path: Path) -> None:
    """A scenario tagged @id: keeps its history in another file; one without begins anew, since it may be another."""
    after = history(tmp_path, "features/shop/selling.feature", FEATURE)
    kept = {name for name in OLD if after[name] == before[name]}
    assert kept == {"has an id", "buys milk"}


def test_names_with_dashes_are_distinct_scenarios(outcome: Outcomes) -> None:
    """Scenarios whose names differ after " -- " share neither history nor test case nor full name."""
    found = [outcome("everything").of(f"the total -- {tax}")[0] for tax in ("with tax", "without tax")]
    for key in ("historyId", "testCaseId", "fullName", "uuid"):
        assert len({each[key] for each in found}) == 2, key


def test_features_of_one_name_are_distinct(outcome: Outcomes) -> None:
    """Two files may call feature and scenario the same: both have a result, and a history each."""
    found = outcome("everything").of("has a namesake")
    assert sorted(each["status"] for each in found) == ["failed", "passed"]
    for key in ("historyId", "testCaseId", "fullName"):
        assert len({each[key] for each in found}) == 2, key


def test_rows_of_an_outline_share_a_test_case_and_have_a_history_each(outcome: Outcomes) -> None:
    """A row is told by its cells; the placeholder is replaced, and nothing of behave's numbering is in the title."""
    rows = [outcome("everything").of(f"costs {price}")[0] for price in ("18.00", "20.00")]
    assert [each["status"] for each in rows] == ["passed", "failed"]
    assert [[(cell["name"], cell["value"]) for cell in each["parameters"]] for each in rows] == [
        [("price", "18.00")],
        [("price", "20.00")],
    ]
    assert len({each["testCaseId"] for each in rows}) == 1
    assert len({each["historyId"] for each in rows}) == 2


@pytest.mark.parametrize("title", ["passes at the third try", "fails at every try"])
def test_attempts_share_a_history(title: str, outcome: Outcomes) -> None:
    """Each attempt has a result; they share a history, and the last one began last, so that it is the one shown."""
    attempts = outcome("everything").of(title)
    assert len({each["historyId"] for each in attempts}) == 1
    assert len({each["uuid"] for each in attempts}) == 3
    assert len({each["start"] for each in attempts}) == 3
