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

_NOTES: Final = "processes"


def note_process(folder: Path, pid: int) -> None:
    """Note one more process of the system in that folder."""
    with (folder / _NOTES).open("a", encoding="utf-8") as notes:
        notes.write(f"{pid} {_started(pid)}\n")


def end_leftovers(folder: Path) -> None:
    """Kill the noted processes that still run, with their process groups."""
    with contextlib.suppress(FileNotFoundError):
        for line in (folder / _NOTES).read_text(encoding="utf-8").splitlines():
            pid, _, started = line.partition(" ")
            if pid.isdecimal() and started and _started(int(pid)) == started:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(int(pid), signal.SIGKILL)


def _started(pid: int) -> str:
    """When the process started, in whatever words the platform has; empty if it is gone."""
    if Path("/proc/self/stat").exists():
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
            return stat.rpartition(")")[2].split()[19]
        return ""
    told = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607 - macOS: /bin/ps
    return told.stdout.strip()
