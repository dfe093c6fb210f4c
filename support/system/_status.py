"""A kept system seen from outside: is it up, and put an end to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..core import wait_until
from . import _rpc
from ._client import connect
from ._folder import kept_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ._model import SystemDescription

_STOPS_WITHIN: Final = 15.0


@dataclass(frozen=True, slots=True)
class SystemStatus:
    """A kept system: up since when (Unix seconds), used by which runs, its addresses, the state of its parts."""

    folder: Path
    profile: str
    since: float
    runs: tuple[str, ...]
    addresses: Mapping[str, str]
    health: Mapping[str, str]


def status(description: SystemDescription, profile: str) -> SystemStatus | None:
    """The state of the kept system, or None if none is up."""
    folder = kept_folder(description, profile)
    told = _ask(folder, "system.status")
    if told is None:
        return None
    return SystemStatus(folder, told["profile"], told["since"], tuple(told["runs"]), told["addresses"], told["health"])


def stop(description: SystemDescription, profile: str) -> bool:
    """Stop the kept system and wait until it is gone; False if none was up."""
    return stop_folder(kept_folder(description, profile))


def stop_folder(folder: Path) -> bool:
    """Stop the system of that folder and wait until it is gone; False if it was not up."""
    if _ask(folder, "system.stop") is None:
        return False
    wait_until(lambda: not folder.exists(), limit=_STOPS_WITHIN, what=f"{folder} is gone")
    return True


def _ask(folder: Path, method: str) -> Any | None:  # noqa: ANN401 - any JSON value
    line = connect(folder)
    if line is None:
        return None
    with line, line.makefile("rb") as answers:
        line.sendall(_rpc.request(1, method, {}))
        for answer in answers:
            message = _rpc.parsed(answer)
            if message.get("id") == 1:
                return _rpc.value_of(message)
    return None
