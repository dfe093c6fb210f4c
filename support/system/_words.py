"""The last lines of a log, as the end of an error message."""

from __future__ import annotations

from collections import deque
from typing import IO, TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TOLD: Final = 10


def last_lines(log: Path, count: int, containing: str = "") -> list[str]:
    """The last lines of a log file, of those that contain a text; none if there is no such file."""
    try:
        with log.open("rb") as lines:
            return _last(lines, count, containing)
    except FileNotFoundError:
        return []


def told_by(log: Path) -> str:
    """The last lines of a log as the end of an error message."""
    return _told(last_lines(log, _TOLD))


def told_in(log: IO[bytes]) -> str:
    """The same of an open log, which may have lost its name."""
    log.seek(0)
    return _told(_last(log, _TOLD, ""))


def _last(lines: Iterable[bytes], count: int, containing: str) -> list[str]:
    texts = (line.decode(errors="replace").rstrip("\r\n") for line in lines)
    return list(deque((text for text in texts if containing in text), maxlen=count))


def _told(lines: list[str]) -> str:
    return "Last lines of its log:\n" + "\n".join(f"    {line}" for line in lines) if lines else "It logged nothing."
