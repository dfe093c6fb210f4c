"""Which scenario is which, in every run: behave's model on one side, stable ids on the other."""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from behave.model import Rule, ScenarioOutline

from ..core import ConfigurationError, ScenarioPlan, stable_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from behave.configuration import Configuration
    from behave.model import Feature, Scenario

_STAMP: Final = "rehearsal_id"
_GIVEN: Final = "id:"


def scenario_id(scenario: Scenario) -> str:
    """The stable id of a scenario (a row of an outline is one): the same in every run, see `core.stable_id`."""
    return stamp_of(scenario)


def stamp_of(item: Any) -> str:  # noqa: ANN401 - any of behave's model elements
    """The stable key of a feature, a rule, an outline or a scenario."""
    return getattr(item, _STAMP, None) or _draw(item, os.getcwd())  # noqa: PTH109 - behave's paths are strings


def stamp(features: Iterable[Feature], base_dir: str) -> None:
    """Draw the ids of everything in the features, from paths relative to `base_dir` wherever behave was started."""
    for feature in features:
        for item in (feature, *feature.walk_scenarios(with_outlines=True, with_rules=True)):
            setattr(item, _STAMP, _draw(item, base_dir))


def tell_apart(features: Iterable[Feature], base_dir: str) -> dict[str, int]:
    """Draw the ids of everything, with a number at those that a suite has twice; the numbers (from 2) by id.

    For suites that nobody keeps from having two scenarios of one name: the second is not another attempt at the first.
    """
    features, numbers, seen = list(features), dict[str, int](), Counter[str]()
    stamp(features, base_dir)
    for scenario in (each for feature in features for each in feature.walk_scenarios()):
        name = scenario_id(scenario)
        seen[name] += 1
        if seen[name] > 1:
            setattr(scenario, _STAMP, f"{name}-{seen[name]}")
            numbers[scenario_id(scenario)] = seen[name]
    return numbers


def plan_of(features: Iterable[Feature], config: Configuration) -> list[ScenarioPlan]:
    """The scenarios that behave would run, in the order in which it would."""
    return plans_of(selected_of(features, config))


def plans_of(scenarios: Iterable[Scenario]) -> list[ScenarioPlan]:
    """What the scope and the record need to know of scenarios before they run."""
    return [
        ScenarioPlan(
            scenario_id(each), str(each.location), title_of(each), tags_of(each), str(each.feature.name), rule_of(each)
        )
        for each in scenarios
    ]


def selected_of(features: Iterable[Feature], config: Configuration) -> list[Scenario]:
    """The scenarios that tags, names and locations select."""
    return [each for feature in features for each in feature.walk_scenarios() if each.should_run(config)]


def title_of(scenario: Scenario) -> str:
    """The name of a scenario as its author wrote it: without the " -- @1.2 ..." that behave appends to a row's."""
    name = str(scenario.name)
    return name.rpartition(" -- @")[0] or name if row_of(scenario) else name


def row_of(scenario: Scenario) -> dict[str, str]:
    """The cells of an outline's row by heading; empty for a scenario of its own."""
    row = getattr(scenario, "_row", None)
    return {} if row is None else dict(row.items())


def tags_of(scenario: Scenario) -> tuple[str, ...]:
    """The tags of a scenario and of all around it, the outermost first: where two disagree, the last is meant."""
    found, item = list[str](), scenario
    while item is not None:
        found += reversed([str(tag) for tag in item.tags])
        item = item.parent
    return tuple(reversed(dict.fromkeys(found)))


def description_of(scenario: Scenario) -> str:
    """The prose of feature, rule and scenario, a paragraph each."""
    found, item = list[str](), scenario
    while item is not None:
        if text := "\n".join(getattr(item, "description", None) or ()).strip():
            found.append(text)
        item = item.parent
    return "\n\n".join(dict.fromkeys(reversed(found)))


def rule_of(item: Any) -> str:  # noqa: ANN401 - any of behave's model elements
    """The name of the rule that an element stands in, or the empty string."""
    while item is not None and not isinstance(item, Rule):
        item = getattr(item, "parent", None)
    return "" if item is None else str(item.name)


def check_unique(scenarios: Sequence[Scenario]) -> None:
    """ConfigurationError, naming both places, if two scenarios have one id."""
    seen: dict[str, Scenario] = {}
    faults = [
        _fault(first, each) for each in scenarios if (first := seen.setdefault(scenario_id(each), each)) is not each
    ]
    if faults:
        raise ConfigurationError("\n".join(faults))


def _fault(first: Scenario, second: Scenario) -> str:
    places = f"{first.location} and {second.location} cannot be told apart"
    if given := _given_id(second):
        return f"{places}: both carry @{_GIVEN}{given}. Give one another id."
    if row := row_of(second):
        return f"{places}: {title_of(second)!r} has two equal rows ({', '.join(row.values())}). Remove one."
    return f"{places}: both are called {title_of(second)!r}. Rename one, or give one a tag such as @{_GIVEN}second."


def _draw(item: Any, base_dir: str) -> str:  # noqa: ANN401 - any of behave's model elements
    path = _path(item.filename, base_dir)
    if item.type == "feature":
        return path
    if isinstance(item, Rule):
        return f"{path}#{item.name}"
    outline = item.parent if isinstance(item.parent, ScenarioOutline) else item
    return stable_id(path, rule_of(item), outline.name, row_of(item), given=_given_id(item))


@lru_cache(maxsize=16)
def _path(filename: str, base_dir: str) -> str:
    return os.path.relpath(filename, base_dir).replace(os.sep, "/")


def _given_id(item: Any) -> str | None:  # noqa: ANN401 - a scenario or an outline
    return next((str(tag).removeprefix(_GIVEN) for tag in item.tags if tag.startswith(_GIVEN)), None)
