"""One process at a time: who makes what all processes of a user then share holds a lock beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from ..core import RehearsalError, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LIMIT: Final = 900.0  # seconds; longer than all downloads together


@contextmanager
def alone(
    home: Path, progress: Callable[[str], None], *, limit: float = _LIMIT, patience: float = 0.0
) -> Iterator[None]:
    """Hold the lock of that file or folder, waiting for whoever makes it at this moment.

    After `patience` seconds `progress` is told who that is; after `limit` seconds RehearsalError says so. The lock ends
    with its process, so it is only ever held by one that lives.
    """
    home.parent.mkdir(parents=True, exist_ok=True)
    with (home.parent / f"{home.name}.lock").open("a+", encoding="utf-8") as lock:
        if not _acquired(lock, patience):
            progress(f"{_holder(lock)} holds {lock.name}; waiting for it, {limit:g} s at most ...")
            if not _acquired(lock, limit):
                msg = f"{_holder(lock)} has held {lock.name} for {patience + limit:g} s."
                raise RehearsalError(msg)
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


@contextmanager
def workshop(home: Path, progress: Callable[[str], None]) -> Iterator[Path]:
    """A folder in which a process alone makes what then becomes `home`; those of killed ones are removed before."""
    with alone(home, progress):
        prefix = f"{home.name}.part-"
        for left_over in home.parent.glob(f"{prefix}*"):  # nobody makes it now but us: they are nobody's
            shutil.rmtree(left_over, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=prefix, dir=home.parent) as work:
            yield Path(work)


def _acquired(lock: TextIO, limit: float) -> bool:
    """Whether the lock is ours within that time."""
    import fcntl

    def taken() -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    if limit <= 0:
        return taken()
    try:
        return wait_until(taken, limit=limit, what="the lock is held")
    except RehearsalError:
        return False


def _holder(lock: TextIO) -> str:
    """Who wrote itself into the file when it took the lock."""
    lock.seek(0)
    number = lock.read(20).strip()
    return f"Process {number}" if number.isdecimal() else "Another process"
