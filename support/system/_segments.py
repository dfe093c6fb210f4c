"""Shared memory of System V that a killed PostgreSQL server has left; the kernel keeps it until somebody removes it."""

from __future__ import annotations

import contextlib
import ctypes
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_LOCK_FILE: Final = "postmaster.pid"
_LINE: Final = 6  # counted from 0: the key and the id of its segment (PostgreSQL's miscadmin.h)
_IPC_RMID: Final = 0


def remove_segments(data: Path) -> None:
    """Remove the segment that the lock file in a data folder names, if it is still the one with that key.

    A server that ended by itself has removed both; one that was killed has removed neither.
    """
    with contextlib.suppress(OSError, ValueError, IndexError):
        words = (data / _LOCK_FILE).read_text(encoding="utf-8").splitlines()[_LINE].split()
        key, segment = (ctypes.c_int(int(word)) for word in words)
        libc = ctypes.CDLL(None)
        if libc.shmget(key, ctypes.c_size_t(0), 0) == segment.value:
            libc.shmctl(segment, _IPC_RMID, None)
