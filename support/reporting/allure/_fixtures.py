"""Hooks and clean-ups: as Allure's fixtures, and whose results they belong to."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from ...record import verdict_of
from ._details import CLEAN_UP_OF, fixture_details, fixture_words
from ._ids import uuid_of
from ._options import NOT_SELECTED
from ._tree import Tree, item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ...record import FixtureRecord, ScenarioRecord
    from ._attachments import Attachments

_BLAMED: Final = frozenset({"hook_error", "cleanup_error"})
_BAD: Final = frozenset({"failed", "broken"})
_OF_SCENARIOS: Final = frozenset({"scenario", "step", "tag"})
_LISTS: Final = {"before": "befores", "after": "afters"}


def rule_key(feature_file: str, rule: str) -> str:
    """By which name the fixtures of a rule are known; those of a feature by its file, those of a run by nothing."""
    return f"{feature_file}#{rule}"


def fixture_item(attachments: Attachments, fixture: FixtureRecord) -> dict[str, Any]:
    """A hook or clean-up with what was left in it outside any scenario; which worker's, if each had one of its own."""
    where = f" ({fixture.worker})" if fixture.worker and fixture.scope not in _OF_SCENARIOS else ""
    told = item(f"{fixture.name}{where}", fixture.status, fixture.started_at, fixture.duration)
    if found := fixture_details(fixture):
        told["statusDetails"] = found
    Tree(attachments, fixture.actions, fixture.evidence).hang(told, lambda _step, _at: True)
    return told


def container(
    run_id: str, of: str, name: str, children: Iterable[str], fixtures: Sequence[tuple[str, Mapping[str, Any]]]
) -> dict[str, Any]:
    """The fixtures (before or after, and the item) around some results."""
    told: dict[str, Any] = {"uuid": uuid_of(run_id, "container", of), "name": name, "children": list(children)}
    for when, fixture in fixtures:
        told.setdefault(_LISTS.get(when, "befores"), []).append(fixture)
    every = [fixture for _, fixture in fixtures]
    return told | {"start": min(each["start"] for each in every), "stop": max(each["stop"] for each in every)}


@dataclass(frozen=True)
class Fixtures:
    """The fixtures of a run by what they belong to."""

    of_scenarios: Mapping[tuple[str, int], Sequence[FixtureRecord]]
    of_others: Mapping[str, Sequence[FixtureRecord]]

    @classmethod
    def sort(cls, fixtures: Iterable[FixtureRecord], scenarios: Iterable[ScenarioRecord]) -> Fixtures:
        """Each with its scenario's attempt, or with its feature, rule or run."""
        attempts = {(each.scenario_id, each.attempt) for each in scenarios}
        known = {name for name, _ in attempts}
        inner: defaultdict[tuple[str, int], list[FixtureRecord]] = defaultdict(list)
        outer: defaultdict[str, list[FixtureRecord]] = defaultdict(list)
        for each in fixtures:
            if each.scope == "global":
                continue
            if each.of in known:
                inner[each.of, each.attempt].append(each)
            else:
                outer[each.of].append(each)
        return cls(inner, outer)

    def around(self, scenario: ScenarioRecord) -> Iterator[str]:
        """The keys of what stands around a scenario and has fixtures."""
        keys = ("", scenario.feature_file, rule_key(scenario.feature_file, scenario.rule))
        return (key for key in keys if key in self.of_others)


def troubles_of(
    record: ScenarioRecord, own: Iterable[FixtureRecord], around: Iterable[FixtureRecord]
) -> list[FixtureRecord]:
    """The failed hooks and clean-ups that a verdict comes from; each error once, though one may pass on another's."""
    found = [each for each in own if each.status != "passed"]
    outer = [each for each in around if each.status != "passed"]
    bad = any(verdict_of(step.status) in _BAD for step in record.steps)
    if not (found or bad or record.status not in _BLAMED):
        found = outer
    else:
        found += [each for each in outer if _is_told_by(record.reason, each)]
    return list({(each.error_type, each.error): each for each in reversed(found)}.values())[::-1]


def _is_told_by(reason: str, fixture: FixtureRecord) -> bool:
    """Whether a reason speaks of a hook or clean-up: in our words or in behave's."""
    hook = f"HOOK-ERROR in {fixture.name.partition(' ')[0]}"
    by_behave = (fixture.error in reason and hook in reason) or f"{CLEAN_UP_OF} {fixture.scope} " in reason
    return by_behave or fixture_words(fixture) in reason


def blamed(scenarios: Sequence[ScenarioRecord], fixtures: Iterable[FixtureRecord]) -> list[ScenarioRecord]:
    """The scenarios, where a failed hook of the run makes them broken: a run that broke is never green as a whole.

    What sets up keeps all from running, so it is told of all that did not; what tears down of the last that ran.
    """
    found = list(scenarios)
    for fixture in (each for each in fixtures if each.scope == "run" and each.status != "passed"):
        for index in _blamed_by(fixture, found):
            record = found[index]
            later, words = fixture.when == "after" and record.reason, fixture_words(fixture)
            status = record.status if record.verdict in {"failed", "broken"} else "hook_error"
            reason = f"{record.reason}; {words}" if later else words
            afterwards = "; ".join(filter(None, (record.afterwards, words))) if later else ""
            found[index] = replace(record, status=status, reason=reason, afterwards=afterwards)
    return found


def _blamed_by(fixture: FixtureRecord, scenarios: Sequence[ScenarioRecord]) -> list[int]:
    ran = [index for index, each in enumerate(scenarios) if each.verdict not in {"not run", "skipped"}]
    if fixture.when == "after" and ran:
        return [max(ran, key=lambda index: scenarios[index].started_at)]
    return [index for index, each in enumerate(scenarios) if each.verdict == "not run" and each.reason != NOT_SELECTED]
