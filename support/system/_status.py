"""A kept system seen from outside: is it up, and put an end to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from ..core import PartUnavailable, wait_until
from ._folder import CONTROL, kept_folder
from ._talk import Talk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ._model import SystemDescription

_STOPS_WITHIN: Final = 15.0
_ANSWERS_WITHIN: Final = 5.0


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
    talk = Talk.with_system(folder)
    if talk is None:
        return None
    try:
        return talk.ask(method, {}, limit=_ANSWERS_WITHIN)
    except TimeoutError:
        msg = f"it gives no answer within {_ANSWERS_WITHIN:g} s. Is it stopped? Its folder is {folder}."
        raise PartUnavailable(CONTROL, msg) from None
    except ConnectionError:
        return None
    finally:
        talk.close()
