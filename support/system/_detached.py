"""A process in a session of its own, which Ctrl-C at the terminal does not reach and which may outlive us."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING

from ..core import RehearsalError, wait_until

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


class Detached:
    """Started with its output in a log and a pipe at its standard input, which ends when we end."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        theirs, self._lifeline = os.pipe()
        output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            actions = [(os.POSIX_SPAWN_DUP2, theirs, 0)]
            actions += [(os.POSIX_SPAWN_DUP2, output, number) for number in (1, 2)]
            self.pid = os.posix_spawn(argv[0], list(argv), environment, file_actions=actions, setsid=True)
        finally:
            os.close(theirs)
            os.close(output)
        self._status: int | None = None

    def end_state(self) -> str:
        """How it ended, or nothing while it runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return "" if self._status is None else f"exited with status {self._status}"

    def let_go(self) -> None:
        """Close our end of the pipe: it has been told in another way that we live."""
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1

    def end(self, within: float = 0.0) -> None:
        """Wait that long for its end, ask for it, and at last enforce it."""
        self.let_go()
        for number, limit in ((None, within), (signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
            if number and not self.end_state():
                os.kill(self.pid, number)
            with contextlib.suppress(RehearsalError):
                wait_until(lambda: self.end_state() or None, limit=limit, what="the process has ended")
                return
