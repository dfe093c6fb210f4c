"""How long scenarios took in earlier runs: what runs first, and how long the rest will take, follows from it."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DURATIONS: Final = "durations.json"
_MOST: Final = 20_000  # ids of scenarios that were renamed long ago may fall out


def read_durations(path: Path) -> Mapping[str, float]:
    """Seconds by the stable id of a scenario; empty if nothing can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {str(name): float(value) for name, value in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def keep_durations(path: Path, took: Mapping[str, float], *, newest: bool = True) -> None:
    """Keep how long scenarios took, beside what is known of others; what cannot be written is no trouble.

    Of a run that is not the `newest`, only what is not known by now is kept.
    """
    known, told = read_durations(path), {name: round(seconds, 3) for name, seconds in took.items() if seconds}
    kept = _followed(known, told) if newest else _followed(told, known)
    new = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(dict(list(kept.items())[-_MOST:])), encoding="utf-8")
        new.replace(path)
    except OSError:
        _remove(new)


def _remove(file: Path) -> None:
    try:
        file.unlink(missing_ok=True)
    except OSError:
        return


def _followed(older: Mapping[str, float], newer: Mapping[str, float]) -> dict[str, float]:
    """Both, the newer in place of the older; what ran last stands last."""
    return {name: value for name, value in older.items() if name not in newer} | dict(newer)
