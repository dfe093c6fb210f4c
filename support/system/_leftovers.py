"""What outlived whom it was for, found in three ways: noted in the folder, known by its environment, descended.

A noted process is known by its id and the time at which it started: an id alone may belong to somebody else by now.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..core import RehearsalError, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

MARK: Final = "REHEARSAL_SYSTEM"
"""The environment variable that all processes of a system, and what they start, have: their folder."""

_NOTES: Final = "processes"
_PROC: Final = Path("/proc")
_BY_THEMSELVES: Final = 0.4  # the kernel has told them to end


def note_process(folder: Path, pid: int) -> None:
    """Note one more process of the system in that folder."""
    with (folder / _NOTES).open("a", encoding="utf-8") as notes:
        notes.write(f"{pid} {_started(pid)}\n")


def end_leftovers(folder: Path) -> None:
    """End the noted and the marked processes that still run, with their process groups, and wait for their end."""
    _end(lambda: [*_noted(folder), *_with_variable(MARK, f"{folder}\0")], os.killpg)


def end_users(temporary: Path) -> None:
    """End what has its temporary files there or below and does not end by itself; not known but on Linux."""
    _end(lambda: list(_with_variable("TMPDIR", str(temporary))), os.kill)


def end_descendants(spared: Collection[int] = ()) -> None:
    """End our children and, on Linux, theirs; the orphans among them have become our children (see `_reaper`)."""
    _end(lambda: [pid for pid in _descendants() if pid not in spared], os.kill)


def collect_orphans(ours: Collection[int]) -> None:
    """Take note of the end of children that are not ours but were adopted: others wait for the end of ours."""
    for pid in _pids():
        if (fields := _stat(pid)) and fields[:2] == ["Z", str(os.getpid())] and pid not in ours:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, os.WNOHANG)


def _end(running: Callable[[], list[int]], kill: Callable[[int, int], None]) -> None:
    with contextlib.suppress(RehearsalError):
        wait_until(lambda: not running(), limit=_BY_THEMSELVES, what="the processes have ended")
        return
    with contextlib.suppress(RehearsalError):
        wait_until(lambda: not _killed(running(), kill), limit=2, what="the processes are gone")


def _killed(pids: list[int], kill: Callable[[int, int], None]) -> bool:
    """Kill them, if there are any; each alone too, since it may be in a group of another."""
    for pid in pids:
        for way in {kill, os.kill}:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                way(pid, signal.SIGKILL)
    return bool(pids)


def _noted(folder: Path) -> list[int]:
    try:
        lines = (folder / _NOTES).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []
    noted = (line.partition(" ")[::2] for line in lines)
    return [int(pid) for pid, started in noted if pid.isdecimal() and started and _started(int(pid)) == started]


def _with_variable(name: str, beginning: str) -> Iterator[int]:
    """The processes with a variable that begins so, where the platform shows it (not our own: it ends by itself)."""
    wanted = f"\0{name}={beginning}".encode()
    for pid in _pids():
        with contextlib.suppress(OSError):
            if wanted in b"\0" + (_PROC / str(pid) / "environ").read_bytes() and pid != os.getpid():
                yield pid


def _descendants() -> list[int]:
    """What we started and what that started, except the dead, whose end is taken note of."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    children: dict[int, list[int]] = {}
    for pid in _pids():
        if (fields := _stat(pid)) and fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(pid)
    found, new = list[int](), children.get(os.getpid(), [])
    while new:
        found += new
        new = [grandchild for child in new for grandchild in children.get(child, [])]
    return found


def _pids() -> list[int]:
    return [int(each.name) for each in _PROC.glob("[0-9]*")]


def _started(pid: int) -> str:
    """When the process started, in whatever words the platform has; empty if it is gone or a zombie."""
    if (_PROC / "self/stat").exists():
        fields = _stat(pid)
        return fields[19] if fields and fields[0] != "Z" else ""
    told = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S607 - macOS: /bin/ps
    return told.stdout.strip()


def _stat(pid: int) -> list[str]:
    """What Linux says of a process behind its name: state, parent, ...; empty if it is gone."""
    with contextlib.suppress(OSError):
        return (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    return []
