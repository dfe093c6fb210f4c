"""The process that ends last: it waits for the end of the control process, then ends and removes what is left.

`python -m support.system._reaper FOLDER CONTROL` is small and knows nothing of the system. As the parent of the control
process (see `_guarded`) it adopts every orphan of the system on Linux, whatever session that fled into. If it is killed
itself, the control process starts another one, which is not its parent and knows its end by the folder's lock.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ._folder import remove_if_free, wait_until_free
from ._leftovers import end_descendants

if TYPE_CHECKING:
    from collections.abc import Sequence

_PR_SET_CHILD_SUBREAPER: Final = 36
_ENDS_WITHIN: Final = 6
HEARD: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD, signal.SIGALRM)
"""What the reaper waits for. Whoever becomes one has blocked them before, so that none is lost on the way."""


def adopt_orphans() -> None:
    """Become the parent of whatever our descendants leave behind; this outlives `exec`."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def main(argv: Sequence[str]) -> int:
    """Wait, end what is left, remove the folder; the exit status is that of the control process."""
    folder, control = Path(argv[0]), int(argv[1])
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    status = _ended(control) if control else wait_until_free(folder)
    end_descendants()
    with contextlib.suppress(OSError):
        remove_if_free(folder)
    return status


def _ended(control: int) -> int:
    """The exit status of our child; a request to end is passed on, and enforced when it takes too long."""
    while True:
        heard = signal.sigwait(HEARD)
        if heard == signal.SIGCHLD:
            if (status := _status_of(control)) is not None:
                return status
        elif heard == signal.SIGALRM:
            os.kill(control, signal.SIGKILL)
        else:
            signal.alarm(_ENDS_WITHIN)
            os.kill(control, signal.SIGTERM)
            os.kill(control, signal.SIGCONT)


def _status_of(control: int) -> int | None:
    """Take note of every child's end; the exit status of the control process if it is among them."""
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == control:
                code = os.waitstatus_to_exitcode(status)
                return code if code >= 0 else 128 - code
            if not pid:
                break
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
