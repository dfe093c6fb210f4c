"""Keeping what the system has logged during a run beside its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ._writing import told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_MOST: Final = 4 * 1024 * 1024  # bytes of each log: what a run of some minutes writes, and what an editor still opens


def keep_logs(logs: Mapping[str, Path], since: Mapping[str, int], into: Path, clean: Callable[[str], str]) -> None:
    """Write what each log says since a position (bytes; unsaid 0) to `into`/<name>.log, without secrets.

    Of a log that has grown too long the end is kept, and its first line says so. Empty ones are left out.
    """
    for name, log in logs.items():
        if text := _text(log, since.get(name, 0)):
            path = into / f"{name}.log"
            with told(path):
                into.mkdir(parents=True, exist_ok=True)
                path.write_text(clean(text), encoding="utf-8", errors="backslashreplace")


def _text(log: Path, begin: int) -> str:
    try:
        with log.open("rb") as file:
            size = file.seek(0, 2)
            begin = begin if begin <= size else 0  # the part was started again, with a new log
            left_out = max(0, size - begin - _MOST)
            file.seek(begin + left_out)
            content = file.read()
    except OSError:
        return ""
    if not left_out:
        return content.decode(errors="replace")
    cut, _, whole_lines = content.partition(b"\n")
    left_out += len(cut) + 1
    return f"... {left_out} bytes before this are left out\n{whole_lines.decode(errors='replace')}"
