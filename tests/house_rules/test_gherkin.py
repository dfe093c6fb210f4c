"""The rules of the house for feature files, read by behave's own parser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from behave.model import Feature, Rule, Scenario
from behave.parser import parse_file

ROOT = Path(__file__).parents[2]
FEATURE_FILES = sorted((ROOT / "features").rglob("*.feature"))
WIRE_WORDS = re.compile(
    r"\b(https?|url|api|endpoint|json|sql|select|table|row|database|queue|topic|broker|cache|redis|header|cookie|token|"
    r"status code|\d{3} error|selector|css|xpath|click(s|ed)?|button|field|page|form|div|browser|request|response|"
    r"server|service|docker|playwright)\b|/[a-z]+/|[#.][a-z-]+\s*\{",
    re.IGNORECASE,
)
MOST_STEPS = 7


def features() -> list[Feature]:
    """All features but those that speak of the wire on purpose."""
    assert FEATURE_FILES, "no feature was found: the rules below would hold for nothing"
    parsed = [parse_file(str(path)) for path in FEATURE_FILES]
    return [feature for feature in parsed if "contract" not in feature.tags]


def name_of(feature: Feature) -> str:
    """The file of a feature, as a test's id."""
    return "/".join(Path(feature.filename).parts[-2:])


def sentences(feature: Feature) -> list[tuple[int, str]]:
    """Everything that a reader reads: titles, prose, steps, tables and doc strings, with their lines."""
    rules = [item for item in feature.run_items if isinstance(item, Rule)]
    scenarios = feature.walk_scenarios(with_outlines=True)
    found = [(each.line, text) for each in (feature, *rules, *scenarios) for text in (each.name, *each.description)]
    for step in (step for scenario in scenarios for step in scenario.all_steps):
        found += [(step.line, text) for text in (step.name, step.text or "", *_cells(step.table))]
    return found


def _cells(table: Any) -> list[str]:  # noqa: ANN401 - behave has no types
    return [] if table is None else [*table.headings, *(cell for row in table for cell in row.cells)]


@pytest.mark.parametrize("feature", features(), ids=name_of)
def test_a_feature_knows_no_technology(feature: Feature) -> None:
    """No sentence names a screen, a wire, a store or a tool: the wording would not change if the implementation did."""
    found = [
        f"{line}: {text!r} says {hit[0]!r}" for line, text in sentences(feature) if (hit := WIRE_WORDS.search(text))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("feature", features(), ids=name_of)
def test_a_feature_says_why_and_by_which_rules(feature: Feature) -> None:
    """A feature has prose, and but for the smoke test every scenario stands under the business rule that it shows."""
    assert feature.description, "say in a sentence what the business was promised"
    if "smoke" not in feature.tags:
        assert all(isinstance(item, Rule) for item in feature.run_items), "put every scenario under a Rule"


@pytest.mark.parametrize("feature", features(), ids=name_of)
def test_a_scenario_is_short_and_has_one_event(feature: Feature) -> None:
    """A scenario has at most seven steps, one When, and a Then."""
    scenarios: list[Scenario] = feature.walk_scenarios()
    for scenario in scenarios:
        kinds = [step.step_type for step in scenario.steps]
        where = f"line {scenario.line}: {scenario.name}"
        assert len(kinds) <= MOST_STEPS, f"{where} has {len(kinds)} steps"
        assert kinds.count("when") <= 1, f"{where} has {kinds.count('when')} events"
        assert "then" in kinds, f"{where} promises nothing"


def test_scenario_names_are_unique_within_a_rule() -> None:
    """Two scenarios of one rule never share a name, so that their stable ids differ."""
    for feature in features():
        names = [
            (getattr(scenario.parent, "name", ""), scenario.name)
            for scenario in feature.walk_scenarios(with_outlines=True)
            if "@" not in scenario.name
        ]
        assert len(names) == len(set(names)), f"{feature.filename}: a scenario's name stands twice"
