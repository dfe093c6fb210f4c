"""Processes of the system: started so that they cannot outlive us, stopped with all that they started."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ._account import Account

_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True, slots=True)
class Launch:
    """What to start and how to end it: `end` is the gentle signal, `orphaned` comes from the kernel if we die.

    `account` is the one to run as (None: ours); `environment` replaces ours if given.
    """

    argv: tuple[str, ...]
    environment: Mapping[str, str] | None = None
    folder: Path = Path("/")
    stdin: Path = Path(os.devnull)
    account: Account | None = None
    end: signal.Signals = signal.SIGTERM
    orphaned: signal.Signals = signal.SIGKILL


class Process:
    """One started process with its log file; a process group of its own."""

    def __init__(self, launch: Launch, log: Path) -> None:
        self.launch, self.log = launch, log
        account = launch.account
        with log.open("ab") as output, launch.stdin.open("rb") as stdin:
            self._popen = subprocess.Popen(
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
        """End it gently, after `grace` seconds by force; its whole group goes with it."""
        self._signal(self.launch.end)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(grace):
                await self.finished()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        await self.finished()

    def _signal(self, which: signal.Signals) -> None:
        if self._popen.poll() is None:
            self._popen.send_signal(which)


def last_lines(log: Path, count: int, containing: str = "") -> list[str]:
    """The last lines of a log file, of those that contain a text; none if there is no such file."""
    try:
        with log.open(encoding="utf-8", errors="replace") as lines:
            return list(deque((line.rstrip("\n") for line in lines if containing in line), maxlen=count))
    except FileNotFoundError:
        return []


def told_by(log: Path) -> str:
    """The last lines of a log as the end of an error message."""
    lines = "\n".join(f"    {line}" for line in last_lines(log, 10))
    return f"Last lines of its log:\n{lines}" if lines else "It logged nothing."


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
