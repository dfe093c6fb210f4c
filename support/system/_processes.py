"""Processes of the system: started so that they cannot outlive us, stopped with all that they started."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, ClassVar, Final

from ._words import told_by

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ._account import Account

_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Launch:
    """What to start and how to end it: `end` is the gentle signal, `orphaned` comes from the kernel if we die.

    `account` is the one to run as (None: ours); `environment` replaces ours if given. `module` says that `argv` runs a
    Python module, which may also be forked from a process that has imported what it needs.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str] | None = None
    folder: Path = Path("/")
    stdin: Path | int = Path(os.devnull)
    account: Account | None = None
    module: bool = False
    end: signal.Signals = signal.SIGTERM
    orphaned: signal.Signals = signal.SIGKILL


class Adopted:
    """A child that somebody else forked for us, as much like a Popen as we need."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._status: int | None = None

    def poll(self) -> int | None:
        """Its exit status, negative if a signal ended it; None while it runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)


class Process:
    """One started process with its log file; a process group of its own."""

    _all: ClassVar[weakref.WeakSet[Process]] = weakref.WeakSet()

    def __init__(self, launch: Launch, log: Path, adopted: Adopted | None = None) -> None:
        self.launch, self.log = launch, log
        self._popen = adopted or self._started()
        self._all.add(self)

    def _started(self) -> subprocess.Popen[bytes]:
        launch, log = self.launch, self.log
        account = launch.account
        with log.open("ab") as output, _opened(launch.stdin) as stdin:
            return subprocess.Popen(
                launch.argv,
                stdin=stdin,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=launch.folder,
                env=launch.environment,
                start_new_session=True,
                user=account.uid if account else None,
                group=account.gid if account else None,
                extra_groups=[] if account else None,
                preexec_fn=_die_with_us(launch.orphaned),  # noqa: PLW1509 - two system calls, prepared before the fork
            )

    @classmethod
    def pids(cls) -> set[int]:
        """The process ids of all that we started and still know."""
        return {process.pid for process in cls._all}

    @property
    def pid(self) -> int:
        """The process id, which is also that of its group."""
        return self._popen.pid

    def end_state(self) -> str:
        """How it ended ("exited with status 3", "was killed by SIGKILL"), or nothing while it runs."""
        status = self._popen.poll()
        if status is None:
            return ""
        if status < 0:
            return f"was killed by {signal.Signals(-status).name}"
        return f"exited with status {status}"

    def last_words(self) -> str:
        """The end of an error message: the last lines of the log."""
        return told_by(self.log)

    async def finished(self) -> int:
        """The exit status, once it has ended."""
        while (status := self._popen.poll()) is None:  # noqa: ASYNC110 - the kernel tells no event
            await asyncio.sleep(0.002)
        return status

    async def stop(self, grace: float) -> None:
        """End it gently, after `grace` seconds by force; its whole group goes with it.

        Also in a task that has been cancelled, where asyncio.timeout of Python 3.11.2 raises what nobody expects.
        """
        self._signal(self.launch.end)
        patient_until = time.monotonic() + grace
        while self._popen.poll() is None and time.monotonic() < patient_until:  # noqa: ASYNC110 - as in `finished`
            await asyncio.sleep(0.002)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        await self.finished()

    def _signal(self, which: signal.Signals) -> None:
        if self._popen.poll() is None:
            self._popen.send_signal(which)


@contextlib.contextmanager
def _opened(given: Path | int) -> Iterator[IO[bytes] | int]:
    """The file for standard input; a number is one that is open already."""
    if isinstance(given, int):
        yield given
    else:
        with given.open("rb") as file:
            yield file


def _die_with_us(orphaned: signal.Signals) -> Callable[[], None] | None:
    """Ask Linux to signal the child when the thread that started it ends, and end it at once if that was already."""
    if _LIBC is None:
        return None
    libc, parent = _LIBC, os.getpid()

    def before_exec() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(orphaned))
        if os.getppid() != parent:
            os._exit(1)

    return before_exec
