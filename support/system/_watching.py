"""Which services' code has changed: the folders and files that `watch` names, looked at again and again."""

from __future__ import annotations

import os
import time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..core import ConfigurationError, PartUnavailable, wait_until
from ._folder import CONTROL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ._client import SystemClient
    from ._model import SystemDescription

_NOT_CODE: Final = {"__pycache__"}


class Sources:
    """The code of the services that say what to watch."""

    def __init__(self, description: SystemDescription) -> None:
        home = description.path.parent
        self._places = {
            part.name: [home / place for place in part.watch] for part in description.of_kind("service") if part.watch
        }
        self._seen = self._now()

    @property
    def parts(self) -> list[str]:
        """The services that are watched."""
        return list(self._places)

    def changed(self) -> list[str]:
        """The services whose code is other than at the last call."""
        before, self._seen = self._seen, self._now()
        return [part for part, files in self._seen.items() if files != before[part]]

    def _now(self) -> Mapping[str, Mapping[Path, int]]:
        return {part: dict(each for place in places for each in _times(place)) for part, places in self._places.items()}


def watch(description: SystemDescription, client: SystemClient, say: Callable[[str], None]) -> None:
    """Restart services as their code changes, until we are interrupted or the system is gone (PartUnavailable)."""
    sources = Sources(description)
    if not sources.parts:
        msg = f'No service of {description.path.name} says what to watch: watch = ["folder", ...].'
        raise ConfigurationError(msg)
    say(f"Watching the code of {', '.join(sources.parts)}. Ctrl-C ends the watching; the system stays up.")
    while True:
        for part in wait_until(lambda: sources.changed() or None, limit=float("inf"), what="some code has changed"):
            begun = time.monotonic()
            try:
                client.call("system.restart", part=part)
            except PartUnavailable as sick:
                if sick.part == CONTROL:
                    raise
                say(f"{sick}\nIt is started again when its code changes.")
            else:
                say(f"{part} was restarted, since its code has changed: ready after {time.monotonic() - begun:.2f} s.")


def _times(place: Path) -> list[tuple[Path, int]]:
    """When each file was changed last; what vanishes meanwhile, folders too, has changed."""
    found = []
    for path in (place, *(Path(folder, name) for folder, *names in os.walk(place) for name in chain(*names))):
        if not _NOT_CODE & set(path.parts):
            try:
                found.append((path, 0 if path.is_dir() else path.stat().st_mtime_ns))
            except OSError:
                continue
    return found
