"""What the business can do: the first thing by which scenarios are told apart."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from .allure import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..record import ScenarioRecord

EPIC: Final = "epic"
"""Allure's name for a capability."""

_TAGS: Final = (f"allure.{EPIC}:", f"allure.label.{EPIC}:")
_FEATURES: Final = "features"
_NO_FOLDERS: Final = frozenset({"/", "..", "."})


def capability_of(scenario: ScenarioRecord) -> str:
    """What the business can do, in words: the first folder below `features`, unless the scenario or a tag says another.

    The nearest word counts: what the scenario has said while it ran, then its own tag, then its rule's or feature's.
    """
    said = [value for name, value in (scenario.facts.get(MARKS) or {}).get("labels", ()) if name == EPIC and value]
    return str(said[-1]) if said else _written(scenario.feature_file, tuple(scenario.tags))


def words(name: str) -> str:
    """A folder's name as a title."""
    return _capitalised(name.replace("_", " ").replace("-", " ").strip())


@lru_cache(maxsize=4096)
def folders(feature_file: str) -> Sequence[str]:
    """The folders between `features` and a feature's file, the outermost first."""
    parts = [part for part in PurePosixPath(feature_file).parts[:-1] if part not in _NO_FOLDERS]
    return parts[parts.index(_FEATURES) + 1 :] if _FEATURES in parts else parts


@lru_cache(maxsize=256)  # asked for whenever something is told of a scenario
def _written(feature_file: str, tags: tuple[str, ...]) -> str:
    told = [tag.removeprefix(start) for tag in tags for start in _TAGS if tag.startswith(start)]
    if near := next(filter(None, reversed(told)), ""):  # tags stand in the order feature, rule, scenario
        return _capitalised(near.replace("_", " "))  # a tag can hold no space
    return words(next(iter(folders(feature_file)), _FEATURES))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
