"""Cutting what was selected into shards: disjoint, complete and balanced, by nothing but ids and given durations."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence


@dataclass(frozen=True)
class Cut:
    """The ids in each shard; `digest` is the same wherever the same was cut in the same way, and nowhere else."""

    shards: Sequence[frozenset[str]]
    digest: str


@dataclass(frozen=True)
class _Part:
    """Ids, sorted, that stay together, and how heavy they are: whole numbers, whose sums are the same everywhere."""

    members: tuple[str, ...]
    weight: int


def cut(bonds: Mapping[str, Collection[str]], total: int, known: Mapping[str, float] | None = None) -> Cut:
    """Cut ids into shards. `bonds` names for each id what ties it: ids with a bond in common stay together.

    `known` are seconds by id, the same for whoever cuts; an id that is not among them weighs as much as their average.
    Without it all weigh the same. The heaviest go first, each into the shard that is the lightest by then.
    """
    weights = _weights(sorted(bonds), known)
    parts = [_Part(members, sum(weights[each] for each in members)) for members in together(bonds)]
    shards: list[set[str]] = [set() for _ in range(total)]
    loads = [(0, 0, number) for number in range(total)]
    for part in sorted(parts, key=lambda each: (-each.weight, _place(each.members[0]))):
        weight, count, number = heappop(loads)
        shards[number].update(part.members)
        heappush(loads, (weight + part.weight, count + len(part.members), number))
    told = [total, sorted([*part.members, part.weight] for part in parts)]
    return Cut([frozenset(each) for each in shards], hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16])


def _weights(names: Sequence[str], known: Mapping[str, float] | None) -> Mapping[str, int]:
    """Milliseconds, or 1 for each if nothing is known."""
    found = {name: round(known[name] * 1000) for name in names if name in known} if known else {}
    average = sum(found.values()) // len(found) if found else 1
    return {name: found.get(name, average) for name in names}


def together(bonds: Mapping[str, Collection[str]]) -> Iterator[tuple[str, ...]]:
    """The ids that are tied to each other, over others too; each once, the first of all first."""
    tied: dict[str, str] = {}
    leader = {name: name for name in bonds}

    def lead(name: str) -> str:
        while leader[name] != name:
            leader[name] = name = leader[leader[name]]
        return name

    for name in sorted(bonds):
        for bond in bonds[name]:
            first, other = sorted((lead(tied.setdefault(bond, name)), lead(name)))
            leader[other] = first
    found: dict[str, list[str]] = {}
    for name in sorted(bonds):
        found.setdefault(lead(name), []).append(name)
    return (tuple(members) for members in found.values())


def _place(name: str) -> bytes:
    """A place in a row that has nothing to do with where a scenario stands: neighbours take as long as each other."""
    return hashlib.sha256(name.encode()).digest()
