"""One process at a time: who makes what all processes of a user then share holds a lock beside it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..core import wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LIMIT = 900.0  # seconds; longer than all downloads together


@contextmanager
def alone(home: Path, progress: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of that folder, waiting for whoever makes it at this moment."""
    import fcntl

    home.parent.mkdir(parents=True, exist_ok=True)
    with (home.parent / f"{home.name}.lock").open("w") as lock:

        def acquired() -> bool:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        if not acquired():
            progress(f"Another process is provisioning the {home.name}; waiting for it ...")
            wait_until(acquired, limit=_LIMIT, what=f"another process holds {lock.name}")
        yield
