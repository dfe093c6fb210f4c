"""Being guarded: the process that starts becomes the reaper, its child goes on and becomes the control process.

So the reaper is there before there is anything to leave behind, and is the parent of all. It is another program with
another command line: what kills control processes by name spares it.
"""

from __future__ import annotations

import os
import select
import signal
import stat
import sys
from typing import TYPE_CHECKING

from ._leftovers import MARK
from ._reaper import HEARD, adopt_orphans
from ._services import own_path

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path


class Guard:
    """The reaper as the control process knows it: a pipe that ends with it; `pids` are those of its replacements."""

    def __init__(self, folder: Path, pipe: int) -> None:
        self._folder, self._pipe = folder, pipe
        self.pids = set[int]()

    def watch(self, loop: asyncio.AbstractEventLoop) -> None:
        """Replace the reaper if it dies."""

        def died() -> None:
            loop.remove_reader(self._pipe)
            os.close(self._pipe)
            self._pipe = self._replaced()
            self.watch(loop)

        loop.add_reader(self._pipe, died)

    def _replaced(self) -> int:
        ours, theirs = os.pipe()
        os.set_inheritable(theirs, True)  # noqa: FBT003 - as the library has it
        silent = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
        argv, environment = _argv(self._folder, 0), _environment()
        self.pids.add(os.posix_spawn(sys.executable, argv, environment, file_actions=silent, setsid=True))
        os.close(theirs)
        return ours


def become_guarded(folder: Path) -> Guard:
    """Fork: this returns in the child, in a session of its own; the parent is the reaper of that folder from now on."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    ours, theirs = os.pipe()
    adopt_orphans()
    child = os.fork()
    if child:
        os.close(ours)
        _be_the_reaper(folder, child, theirs)
    os.setsid()
    adopt_orphans()
    os.close(theirs)
    os.environ[MARK] = str(folder)
    signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return Guard(folder, ours)


def starter_died() -> bool:
    """Whether the pipe at standard input, if it is one, has lost its other end."""
    if not stat.S_ISFIFO(os.fstat(0).st_mode):
        return False
    waiting = select.poll()
    waiting.register(0, select.POLLIN)
    return bool(waiting.poll(0))


def _be_the_reaper(folder: Path, child: int, pipe: int) -> None:
    """Never returns."""
    os.set_inheritable(pipe, True)  # noqa: FBT003 - as the library has it
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    try:
        os.execve(sys.executable, _argv(folder, child), _environment())  # noqa: S606 - no shell is wanted
    finally:
        os.kill(child, signal.SIGTERM)
        os._exit(1)


def _argv(folder: Path, control: int) -> list[str]:
    return [sys.executable, "-m", f"{__package__}._reaper", str(folder), str(control)]


def _environment() -> dict[str, str]:
    """Ours without the mark of the system: the reaper is to end last."""
    return {name: value for name, value in {**os.environ, **own_path()}.items() if name != MARK}
