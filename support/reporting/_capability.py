"""What the business can do: the first thing by which scenarios are told apart."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..record import ScenarioRecord

_EPIC: Final = "allure.label.epic:"
_FEATURES: Final = "features"
_NO_FOLDERS: Final = frozenset({"/", "..", "."})


def capability_of(scenario: ScenarioRecord) -> str:
    """What the business can do, in words: the first folder below `features`, unless a tag says otherwise."""
    told = next((tag.removeprefix(_EPIC) for tag in scenario.tags if tag.startswith(_EPIC)), "")
    folders = [part for part in PurePosixPath(scenario.feature_file).parts[:-1] if part not in _NO_FOLDERS]
    below = folders[folders.index(_FEATURES) + 1 :] if _FEATURES in folders else folders
    words = told.replace("_", " ") or (below[0] if below else _FEATURES).replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:]
