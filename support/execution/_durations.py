"""What is known of how long scenarios take, before they run: where a run of ours left it, or one of any suite."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from ..core import user_caches
from ..record import DURATIONS, keep_durations, read_durations

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ._options import Options


class Durations:
    """Seconds by the id of a scenario: beside the reports of a suite that has some, or in the user's cache.

    Whoever makes reports keeps what is known there; `keep` does so for the others. Neither reading nor writing fails.
    """

    def __init__(self, options: Options, base_dir: str) -> None:
        reports = options.reports
        self._ours = reports is None
        self._path = (reports / DURATIONS) if reports else _in_cache(base_dir)

    def known(self) -> Mapping[str, float]:
        """What earlier runs have left."""
        return read_durations(self._path)

    def keep(self, took: Mapping[str, float]) -> None:
        """Leave it to later runs."""
        if self._ours:
            keep_durations(self._path, took)


def _in_cache(base_dir: str) -> Path:
    """A file for each suite, by the path where it lies."""
    name = hashlib.sha256(os.path.realpath(base_dir).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return user_caches() / "rehearsal" / "durations" / f"{name}.json"
