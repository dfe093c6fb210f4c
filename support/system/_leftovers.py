"""The processes of a system, noted in its folder, so that a sweep can end those that outlived their control process.

A process is known by its id and the time at which it started: an id alone may belong to somebody else by now.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import Final

from ..core import RehearsalError, wait_until

_NOTES: Final = "processes"


def note_process(folder: Path, pid: int) -> None:
    """Note one more process of the system in that folder."""
    with (folder / _NOTES).open("a", encoding="utf-8") as notes:
        notes.write(f"{pid} {_started(pid)}\n")


def end_leftovers(folder: Path) -> None:
    """Kill the noted processes that still run, with their process groups, and wait until they are gone."""
    for pid in _running(folder):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    with contextlib.suppress(RehearsalError):
        wait_until(lambda: not _running(folder), limit=2, what="the processes are gone")


def _running(folder: Path) -> list[int]:
    try:
        lines = (folder / _NOTES).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    noted = (line.partition(" ")[::2] for line in lines)
    return [int(pid) for pid, started in noted if pid.isdecimal() and started and _started(int(pid)) == started]


def _started(pid: int) -> str:
    """When the process started, in whatever words the platform has; empty if it is gone or a zombie."""
    if Path("/proc/self/stat").exists():
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
            state, *numbers = stat.rpartition(")")[2].split()
            return "" if state == "Z" else numbers[18]
        return ""
    told = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607 - macOS: /bin/ps
    return told.stdout.strip()
