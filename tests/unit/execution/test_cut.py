"""Cutting what was selected into shards."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from itertools import combinations

import pytest

from support.execution._cut import Cut, cut
from support.execution._cut import together as tied

Bonds = dict[str, list[str]]


def random_suite(seed: int) -> tuple[Bonds, int, dict[str, float] | None]:
    """Ids and their bonds, how many shards, and durations of some of them, or none."""
    chance = random.Random(seed)
    names = [f"{chance.getrandbits(48):012x}" for _ in range(chance.randrange(1, 120))]
    groups = [f"@group:{number}" for number in range(chance.randrange(1, 6))]
    bonds = {name: chance.sample(groups, chance.choice([0, 0, 0, 0, 1, min(2, len(groups))])) for name in names}
    known = {name: round(chance.expovariate(0.5), 3) for name in names if chance.random() < 0.8}
    return bonds, chance.randrange(1, 9), chance.choice([known, None])


def together(bonds: Bonds, weight: dict[str, float]) -> float:
    """What the heaviest ids weigh that stay together."""
    groups = [{name} for name in bonds]
    for bond in {bond for each in bonds.values() for bond in each}:
        tied = [group for group in groups if any(bond in bonds[name] for name in group)]
        groups = [group for group in groups if group not in tied] + [set().union(*tied)]
    return max(sum(weight[name] for name in group) for group in groups)


@pytest.mark.parametrize("seed", range(200))
def test_shards_are_disjoint_and_complete(seed: int) -> None:
    """Each id is in exactly one shard, whatever is selected and known."""
    bonds, total, known = random_suite(seed)
    found = cut(bonds, total, known).shards
    assert len(found) == total
    assert not any(one & other for one, other in combinations(found, 2))
    assert frozenset().union(*found) == bonds.keys()


@pytest.mark.parametrize("seed", range(200))
def test_the_cut_is_the_same_in_any_order(seed: int) -> None:
    """Another machine may find features, tags and durations in another order: the cut and its digest are the same."""
    bonds, total, known = random_suite(seed)
    chance = random.Random(seed + 1)
    names = chance.sample(list(bonds), len(bonds))
    shuffled = {name: chance.sample(bonds[name], len(bonds[name])) for name in names}
    durations = None if known is None else dict(chance.sample(list(known.items()), len(known)))
    assert cut(shuffled, total, durations) == cut(bonds, total, known)


@pytest.mark.parametrize("seed", range(200))
def test_what_is_tied_stays_together(seed: int) -> None:
    """Ids with a bond in common are in one shard."""
    bonds, total, known = random_suite(seed)
    for shard in cut(bonds, total, known).shards:
        inside = {bond for name in shard for bond in bonds[name]}
        assert not any(inside.intersection(bonds[name]) for name in bonds.keys() - shard)


@pytest.mark.parametrize("seed", range(200))
def test_shards_are_balanced(seed: int) -> None:
    """The heaviest shard and the lightest differ by no more than the heaviest of what stays together."""
    bonds, total, known = random_suite(seed)
    average = sum(known.values()) / len(known) if known else 1.0
    weight = {name: (known or {}).get(name, average) for name in bonds}
    loads = [sum(weight[name] for name in shard) for shard in cut(bonds, total, known).shards]
    assert max(loads) - min(loads) <= together(bonds, weight) + 0.001 * len(bonds)  # milliseconds are the unit


@pytest.mark.parametrize("machine", [{"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8"}])
def test_the_cut_is_the_same_on_any_machine(machine: dict[str, str]) -> None:
    """Neither the order of sets, which differs from process to process, nor the language decides who goes where."""
    code = (
        "from tests.unit.execution.test_cut import cut, random_suite\n"
        "for seed in range(60): print(cut(*random_suite(seed)).digest, *map(sorted, cut(*random_suite(seed)).shards))"
    )
    here = [cut(*random_suite(seed)) for seed in range(60)]
    there = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **machine}, capture_output=True, text=True, check=True
    )
    assert there.stdout.splitlines() == [" ".join([each.digest, *map(str, map(sorted, each.shards))]) for each in here]


@pytest.mark.parametrize("seed", range(200))
def test_no_cut_is_much_better(seed: int) -> None:
    """The heaviest shard is no more than a third heavier than it has to be: what longest first is known to keep."""
    bonds, total, known = random_suite(seed)
    average = sum(known.values()) / len(known) if known else 1.0
    weight = {name: (known or {}).get(name, average) for name in bonds}
    heaviest = max(sum(weight[name] for name in shard) for shard in cut(bonds, total, known).shards)
    parts = sorted((sum(weight[name] for name in part) for part in tied(bonds)), reverse=True)
    two = parts[total - 1] + parts[total] if len(parts) > total else 0.0  # of so many, some two are in one shard
    assert heaviest <= 4 / 3 * max(sum(weight.values()) / total, parts[0], two) + 0.001 * len(bonds)


def test_durations_decide_who_goes_where() -> None:
    """The long one is alone, as the others together take no longer."""
    bonds: Bonds = {name: [] for name in ("long", "a", "b", "c")}
    found = cut(bonds, 2, {"long": 9.0, "a": 3.0, "b": 3.0, "c": 3.0})
    assert {frozenset({"long"}), frozenset("abc")} == set(found.shards)


def test_more_shards_than_scenarios_leave_some_empty() -> None:
    """That is no error: two ids fill two of three shards."""
    assert sorted(map(len, cut({"a": [], "b": []}, 3).shards)) == [0, 1, 1]


A: Bonds = {"a": [], "b": [], "c": []}


@pytest.mark.parametrize(
    "other",
    [
        cut({"a": [], "b": []}, 2),
        cut(A, 3),
        cut({"a": ["@group:x"], "b": ["@group:x"], "c": []}, 2),
        cut(A, 2, {"a": 1.0, "b": 1.0, "c": 2.0}),
    ],
    ids=["fewer ids", "more shards", "a group", "durations"],
)
def test_the_digest_tells_cuts_apart(other: Cut) -> None:
    """Shards of two cuts are never taken for one whole."""
    assert other.digest != cut(A, 2).digest
