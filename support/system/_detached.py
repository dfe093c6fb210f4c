"""A process in a session of its own, which Ctrl-C at the terminal does not reach and which may outlive us."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
from typing import TYPE_CHECKING

from ..core import RehearsalError, wait_until
from ._words import told_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Detached:
    """Started with a pipe at its standard input, which ends when we end, and a nameless file for its first words."""

    def __init__(self, argv: Sequence[str], environment: Mapping[str, str]) -> None:
        theirs, self._lifeline = os.pipe()
        self._words = tempfile.TemporaryFile()  # noqa: SIM115 - read when it fails, and closed with us
        try:
            actions = [(os.POSIX_SPAWN_DUP2, theirs, 0)]
            actions += [(os.POSIX_SPAWN_DUP2, self._words.fileno(), number) for number in (1, 2)]
            self.pid = os.posix_spawn(argv[0], list(argv), environment, file_actions=actions, setsid=True)
        finally:
            os.close(theirs)
        self._status: int | None = None

    def end_state(self) -> str:
        """How it ended, or nothing while it runs."""
        if self._status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self._status = os.waitstatus_to_exitcode(status)
        return "" if self._status is None else f"exited with status {self._status}"

    def first_words(self) -> str:
        """The end of an error message: what it said before it had a log."""
        return told_in(self._words)

    def let_go(self) -> None:
        """Close our end of the pipe, and what was said before: it has been told in another way that we live."""
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1
            self._words.close()

    def end(self, within: float = 0.0) -> None:
        """Wait that long for its end, ask for it, and at last enforce it."""
        self.let_go()
        for number, limit in ((None, within), (signal.SIGTERM, 12.0), (signal.SIGKILL, 5.0)):
            if number and not self.end_state():
                os.kill(self.pid, number)
            with contextlib.suppress(RehearsalError):
                wait_until(lambda: self.end_state() or None, limit=limit, what="the process has ended")
                return
