"""Where a scenario belongs: capability, feature and rule."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from .._capability import capability_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ...record import ScenarioRecord, Verdict

Tree: TypeAlias = "dict[str, dict[tuple[str, str], dict[str, list[ScenarioRecord]]]]"
"""Scenarios by capability, by feature (its file and its name) and by rule."""


def planted(scenarios: Iterable[ScenarioRecord]) -> Tree:
    """The scenarios as a tree; everything stands in the order in which it ran, capabilities by name."""
    tree: Tree = {}
    for each in scenarios:
        feature = (each.feature_file, each.feature or PurePosixPath(each.feature_file).stem)
        rules = tree.setdefault(capability_of(each), {}).setdefault(feature, {})
        rules.setdefault(each.rule, []).append(each)
    return dict(sorted(tree.items()))


def counted(scenarios: Iterable[ScenarioRecord]) -> Mapping[Verdict, int]:
    """How many there are of each verdict."""
    return Counter(each.verdict for each in scenarios)
