"""What is known of how long scenarios take, before they run: where a run of ours left it, or one of any suite."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from ..core import ConfigurationError, user_caches
from ..record import DURATIONS, keep_durations, read_durations

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ._options import Options


class Durations:
    """Seconds by the id of a scenario: beside the reports of a suite that has some, or in the user's cache.

    Whoever makes reports keeps what is known there; `keep` does so for the others. Neither reading nor writing fails.
    """

    def __init__(self, options: Options, base_dir: str) -> None:
        reports = options.reports
        self._ours = reports is None
        self._path = (reports / DURATIONS) if reports else _in_cache(base_dir)

    def known(self, given: Mapping[str, float]) -> Mapping[str, float]:
        """What earlier runs have left; what is `given` for this one goes before it."""
        return {**read_durations(self._path), **given}

    def keep(self, took: Mapping[str, float]) -> None:
        """Leave it to later runs."""
        if self._ours:
            keep_durations(self._path, took)


def given_durations(name: str, base_dir: str) -> Mapping[str, float]:
    """Seconds by stable id, as a run's reports have them in `durations.json`; empty if no file is named.

    A relative name is looked for in the suite's root: behave's base folder or, where that is `features`, the one above.
    All shards must be given the same durations: a file that cannot be read is a ConfigurationError.
    """
    if not name:
        return {}
    base = Path(base_dir)
    path = (base.parent if base.name == "features" else base) / name
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        why = error.strerror if isinstance(error, OSError) else f"it is no JSON: {error}"
        msg = f"-D durations={name}: {path} cannot be read: {why}. Name a durations.json such as runs leave."
        raise ConfigurationError(msg) from error
    if not isinstance(found, dict) or not all(map(_is_seconds, found.values())):
        msg = f'-D durations={name}: expected {{"stable id": seconds}}, as in the durations.json beside runs.'
        raise ConfigurationError(msg)
    return {key: float(value) for key, value in found.items()}


def unknown_in(given: Mapping[str, float], ids: Collection[str], name: str) -> str:
    """In words, that the durations are of scenarios that are not here; empty if enough of them (half) are."""
    known = sum(each in given for each in ids)
    if not given or 2 * known >= len(ids):
        return ""
    return (
        f"-D durations={name} knows {known or 'none'} of {len(ids)} scenarios; others count as long as the average. "
        "Renew it with the durations.json of a later run."
    )


def _is_seconds(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 1e9  # noqa: PLR2004


def _in_cache(base_dir: str) -> Path:
    """A file for each suite, by the path where it lies."""
    name = hashlib.sha256(os.path.realpath(base_dir).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return user_caches() / "rehearsal" / "durations" / f"{name}.json"
