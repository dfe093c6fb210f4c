"""Running one shard of what was selected: the others run the rest, elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from ..core import ConfigurationError
from ._cut import cut
from ._identity import plans_of, scenario_id, stamp_of, tags_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from behave.model import Feature, Scenario

    from ..core import RunIdentity, ScenarioPlan

_GROUP: Final = "group:"


@dataclass(frozen=True)
class Shard:
    """The part of a suite that a run runs: the `number`th (from 1) of `total`."""

    number: int
    total: int

    def __str__(self) -> str:
        return f"{self.number}/{self.total}"


@dataclass(frozen=True)
class Part:
    """What a shard is of the whole: the plans of all by their names, and the digest that tells who belongs together."""

    shard: Shard
    digest: str
    plans: Mapping[str, Sequence[ScenarioPlan]]

    def identify(self, run: RunIdentity) -> RunIdentity:
        """The run as the one of this shard."""
        elsewhere = {name: plan for name, plan in self.plans.items() if name != str(self.shard)}
        return replace(run, shard=str(self.shard), cut=self.digest, elsewhere=elsewhere)

    def __str__(self) -> str:
        """How much of the whole runs here."""
        count, of = len(self.plans[str(self.shard)]), sum(map(len, self.plans.values()))
        if count:
            return f"Shard {self.shard}: {count} of {of} scenarios."
        return f"Shard {self.shard} is empty: {of} scenario{'s' * (of != 1)} stand{'s' * (of == 1)} in other shards."


def read_shard(text: str | None) -> Shard | None:
    """The shard that was asked for, None if none was; ConfigurationError if there cannot be such a one."""
    if text is None:
        return None
    if not text.strip():
        msg = "-D shard= names no shard: often a variable that is not set. Expected NUMBER/TOTAL, such as 2/5."
        raise ConfigurationError(msg)
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
    if found is not None and 1 <= int(found[1]) <= int(found[2]):
        return Shard(int(found[1]), int(found[2]))
    of = f"1/{int(found[2])} to {int(found[2])}/{int(found[2])}" if found and int(found[2]) else "such as 2/5"
    msg = f"-D shard={text}: there is no such shard. Expected NUMBER/TOTAL, {of}."
    raise ConfigurationError(msg)


def take_shard(
    shard: Shard, features: Iterable[Feature], selected: Sequence[Scenario], known: Mapping[str, float] | None,
    *, by_feature: bool,
) -> Part:  # fmt: skip
    """Deselect what other shards run; what this shard is of the whole.

    What cannot be told apart by its id stays together, and so do groups and, `by_feature`, features.
    """
    bonds: dict[str, set[str]] = {}
    for scenario in selected:
        bonds.setdefault(scenario_id(scenario), set()).update(_bonds(scenario, by_feature=by_feature))
    found = cut(bonds, shard.total, known)
    names = {each: str(Shard(number, shard.total)) for number, inside in enumerate(found.shards, 1) for each in inside}
    plans: dict[str, list[ScenarioPlan]] = {str(shard): []}
    for plan in plans_of(selected):
        plans.setdefault(names[plan.scenario_id], []).append(plan)
    _deselect(features, {id(each) for each in selected}, found.shards[shard.number - 1])
    return Part(shard, found.digest, plans)


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
