"""In which order scenarios run: as written or shuffled, and what is urgent first."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from behave.model import Rule, ScenarioOutline

from ._identity import stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from behave.model import Feature, Scenario

    _Rank = Callable[[Any], tuple[bool, bytes]]


def arrange(features: list[Feature], *, first: Iterable[Scenario] = (), seed: int | None = None) -> None:
    """Sort features, and the rules, scenarios and rows inside each, in place.

    What holds a scenario of `first` comes first. With a seed the rest is shuffled: each element's place follows from
    the seed and its own id, so that two elements keep their order whatever else is selected.
    """
    urgent = {id(holder) for scenario in first for holder in _with_holders(scenario)}

    def rank(item: Any) -> tuple[bool, bytes]:  # noqa: ANN401 - any of behave's model elements
        return id(item) not in urgent, b"" if seed is None else _place(seed, stamp_of(item))

    if seed is None and not urgent:
        return
    features.sort(key=rank)
    for feature in features:
        _arrange_inside(feature, rank)


def _arrange_inside(container: Any, rank: _Rank) -> None:  # noqa: ANN401 - a feature or a rule
    container.run_items.sort(key=rank)
    for item in container.run_items:
        if isinstance(item, Rule):
            _arrange_inside(item, rank)
        elif isinstance(item, ScenarioOutline):
            item.scenarios.sort(key=rank)


def _with_holders(scenario: Scenario) -> list[Any]:
    holders, item = [], scenario
    while item is not None:
        holders.append(item)
        item = item.parent
    return holders


def _place(seed: int, key: str) -> bytes:
    return hashlib.sha256(f"{seed}\x00{key}".encode()).digest()
