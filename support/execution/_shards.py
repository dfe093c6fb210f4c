"""Running one shard of what was selected: the others run the rest, elsewhere."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..core import ConfigurationError
from ._cut import cut
from ._identity import scenario_id, stamp_of, tags_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from behave.model import Feature, Scenario

_GROUP: Final = "group:"


@dataclass(frozen=True)
class Shard:
    """The part of a suite that a run runs: the `number`th (from 1) of `total`."""

    number: int
    total: int

    def __str__(self) -> str:
        return f"{self.number}/{self.total}"


def read_shard(text: str) -> Shard | None:
    """The shard that was asked for, None if none was; ConfigurationError if there cannot be such a one."""
    if not text:
        return None
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    if found is not None and 1 <= int(found[1]) <= int(found[2]):
        return Shard(int(found[1]), int(found[2]))
    of = f"1/{int(found[2])} to {int(found[2])}/{int(found[2])}" if found and int(found[2]) else "such as 2/5"
    msg = f"-D shard={text}: there is no such shard. Expected NUMBER/TOTAL, {of}."
    raise ConfigurationError(msg)


def take_shard(
    shard: Shard, features: Iterable[Feature], selected: Sequence[Scenario], known: Mapping[str, float] | None,
    *, by_feature: bool,
) -> tuple[str, str]:  # fmt: skip
    """Deselect what other shards run; the digest of the cut, and in words what is left.

    What cannot be told apart by its id stays together, and so do groups and, `by_feature`, features.
    """
    bonds: dict[str, set[str]] = {}
    for scenario in selected:
        bonds.setdefault(scenario_id(scenario), set()).update(_bonds(scenario, by_feature=by_feature))
    found = cut(bonds, shard.total, known)
    ours = found.shards[shard.number - 1]
    _deselect(features, {id(each) for each in selected}, ours)
    return found.digest, _told(shard, sum(scenario_id(each) in ours for each in selected), len(selected))


def read_durations(name: str, base_dir: str) -> Mapping[str, float] | None:
    """Seconds by stable id, as a run's reports have them in `durations.json`; None if no file is named.

    A relative name is looked for in the suite's root: behave's base folder or, where that is `features`, the one above.
    All shards must be given the same durations: a file that cannot be read is a ConfigurationError.
    """
    if not name:
        return None
    base = Path(base_dir)
    path = (base.parent if base.name == "features" else base) / name
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else f"it is no JSON: {error}"
        msg = f"-D durations={name}: {path} cannot be read: {why}. Name a durations.json that all shards have."
        raise ConfigurationError(msg) from error
    if not isinstance(found, dict) or not all(map(_is_seconds, found.values())):
        msg = f'-D durations={name}: expected {{"stable id": seconds}}, as in the durations.json beside runs.'
        raise ConfigurationError(msg)
    return {name: float(value) for name, value in found.items()}


def _is_seconds(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf


def _bonds(scenario: Scenario, *, by_feature: bool) -> Iterable[str]:
    yield from (f"@{tag}" for tag in tags_of(scenario) if tag.startswith(_GROUP))
    if by_feature:
        yield f"feature {stamp_of(scenario.feature)}"


def _deselect(features: Iterable[Feature], selected: Collection[int], ours: Collection[str]) -> None:
    """Have behave pass over everything that is selected and not ours, as it does for lines that were not named."""
    for feature in features:
        for item in (feature, *feature.walk_scenarios(with_outlines=True, with_rules=True)):
            inside = [each for each in _scenarios_of(item) if id(each) in selected]
            if inside and not any(scenario_id(each) in ours for each in inside):
                item.mark_skipped()


def _scenarios_of(item: Any) -> Iterable[Any]:  # noqa: ANN401 - any of behave's model elements
    if item.type == "scenario":
        return [item]
    return list(item.scenarios if item.type == "scenario_outline" else item.walk_scenarios())


def _told(shard: Shard, count: int, of: int) -> str:
    if count:
        return f"Shard {shard}: {count} of {of} scenarios."
    return f"Shard {shard} is empty: {of} scenario{'s' * (of != 1)} stand{'s' * (of == 1)} in other shards."
