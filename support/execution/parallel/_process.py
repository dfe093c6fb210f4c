"""The processes of a parallel run: forked with everything parsed and loaded, and gone with their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import sys
import time
import traceback
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from ...core import ConfigurationError
from ._channel import Channel
from ._memory import killed_for_memory
from ._position import Position
from ._worker import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ._plan import Unit

_DIE_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of prctl(2)
_TROUBLE: Final = 70
_LIBC: Final = ctypes.CDLL(None) if sys.platform == "linux" else None


class Worker:
    """One worker as the conductor sees it: its process, its end of the connection, and what it was assigned."""

    def __init__(self, number: int, pid: int, channel: Channel, position: Position) -> None:
        self.number, self.pid, self.channel, self.position = number, pid, channel, position
        self.units: list[Unit] = []
        self.open: dict[int, None] = {}
        self.untold: list[object] = []
        self.unread = 0
        self.near: object = None
        self.ready = self.ending = self.resting = self.said_bye = self.has_run = False
        self.killed_because = ""
        self.pace, self.enough = float("inf"), 0
        self.since = time.monotonic()
        self._status: int | None = None
        self._memory_before = killed_for_memory()

    @property
    def name(self) -> str:
        """What it is called in records and reports."""
        return f"worker {self.number}"

    def interrupt(self) -> None:
        """Let it tear down in order."""
        self._signal(signal.SIGINT)

    def kill(self, why: str) -> None:
        """End it now; `why` is what is told of it."""
        self.killed_because = self.killed_because or why
        self._signal(signal.SIGKILL)

    @property
    def ended_well(self) -> bool:
        """Whether its process has ended, and nothing went wrong in it after its last words."""
        return self._status == 0

    def kill_group(self) -> None:
        """End it now with all that it has started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def is_over(self) -> bool:
        """Whether its process has ended, though one that it left may still hold its end of the connection."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self._status = status if pid else None
        return self._status is not None

    def bury(self) -> str:
        """Wait for the end of its process, end what it left in its group, and say how it ended."""
        if self._status is None:
            _, self._status = os.waitpid(self.pid, 0)
        self.kill_group()
        code = os.waitstatus_to_exitcode(self._status)
        if code == -signal.SIGKILL and killed_for_memory() > self._memory_before:
            return "was killed by SIGKILL, as the machine ran out of memory"
        if code >= 0:
            return f"ended with exit status {code}"
        return f"was killed by {signal.Signals(-code).name}"

    def _signal(self, number: signal.Signals) -> None:
        if self._status is not None:
            return  # its number may be another's by now
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)


def check_platform() -> None:
    """ConfigurationError where processes cannot be forked."""
    if not hasattr(os, "fork"):
        msg = f"Workers are forked, and {sys.platform} has no fork. Run with one job (-j 1)."
        raise ConfigurationError(msg)


def fork(number: int, others: Iterable[Worker], be: Callable[[Channel, Position], None]) -> Worker:
    """A new worker that does what `be` does, and dies with this process; OSError if there can be no more."""
    here, there = socket.socketpair()
    position, parent = Position(), os.getpid()
    sys.stdout.flush()
    sys.stderr.flush()
    if signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:  # as some starters leave it: nobody could ask how one ended
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    both = (signal.SIGINT, signal.SIGTERM)
    before = signal.pthread_sigmask(signal.SIG_BLOCK, both)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # threads of ours hold nothing that a worker uses
            pid = os.fork()
        if pid == 0:
            for each in (there, position):  # what a step forks is no worker, even if it returns from the step
                os.register_at_fork(after_in_child=each.close)
            _live(parent, (here, *(each.channel for each in others)), lambda: be(Channel(there), position), before)
    except OSError:
        here.close()
        position.close()
        raise
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        there.close()
    return Worker(number, pid, Channel(here), position)


def _live(
    parent: int, not_ours: Iterable[socket.socket | Channel], be: Callable[[], None], mask: Iterable[int]
) -> None:
    """Everything that happens in the new process; it does not return, and runs nobody's handlers at its exit."""
    status = _TROUBLE
    try:
        if _LIBC is not None:
            _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        settle(parent)
        for each in not_ours:
            each.close()
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        be()
        status = 0
    except KeyboardInterrupt:
        status = 128 + signal.SIGINT
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:  # noqa: BLE001 - there is nobody above
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
