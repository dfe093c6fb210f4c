"""Whether the programs of all parts are there, before the first of them is started."""

from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING, Final

from ..core import PartUnavailable
from . import _binaries
from ._templates import fill, names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ._model import Part

_SERVERS: Final[Mapping[str, Callable[[str], Path]]] = {
    "postgresql": _binaries.postgresql,
    "nats": _binaries.nats,
    "valkey": _binaries.valkey,
    "envoy": _binaries.envoy,
}


def check_programs(parts: Iterable[Part], folder: Path) -> None:
    """PartUnavailable names every part whose program is missing and how to get it; `folder` is that of system.toml."""
    missing: list[PartUnavailable] = []
    for part in parts:
        try:
            _check(part, folder)
        except PartUnavailable as error:
            missing.append(error)
    if missing:
        first, *others = missing
        reason = "\n".join([first.reason, *(f"also {other.part}: {other.reason}" for other in others)])
        raise PartUnavailable(first.part, reason)


def _check(part: Part, folder: Path) -> None:
    if part.kind in _SERVERS:
        _SERVERS[part.kind](part.name)
        return
    if not part.command or set(names_in(part.command[0])) - {"python"}:
        return
    program = fill(part.command[0], {"python": sys.executable})
    if os.sep in program:
        found = os.access(folder / program, os.X_OK)
    else:
        found = shutil.which(program, path=part.environment.get("PATH")) is not None
    if not found:
        where = f"at {folder / program}" if os.sep in program else "on PATH"
        msg = f"the program {program!r} of its command is not there ({where}). Install it, or correct the command."
        raise PartUnavailable(part.name, msg)
