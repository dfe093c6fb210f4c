"""Where pages are made before they are put in their place, and what makings that were killed have left there."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX: Final = ".report-"
_OURS: Final = re.compile(re.escape(_PREFIX) + r"[a-z0-9_]{8}")  # as tempfile names it


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder in `beside` for one making; those of makings that were killed are removed before."""
    beside.mkdir(parents=True, exist_ok=True)
    for left_over in beside.glob(f"{_PREFIX}*"):
        if _OURS.fullmatch(left_over.name):
            _remove_dead(left_over)
    with tempfile.TemporaryDirectory(prefix=_PREFIX, dir=beside, ignore_cleanup_errors=True) as work, _held(Path(work)):
        yield Path(work)


def put_in_place(made: Path, into: Path, aside: Path) -> None:
    """Put a folder into its place; what stood there goes aside, or back again if it cannot be done."""
    if not os.path.lexists(into):
        made.rename(into)
        return
    into.rename(aside)
    try:
        made.rename(into)
    except OSError:
        aside.rename(into)
        raise


def _remove_dead(left_over: Path) -> None:
    """Remove the folder of a making, unless it is still going on or is somebody else's."""
    with suppress(OSError):  # it has just gone, or is held: whose it is needs no help
        names = [each.name for each in left_over.iterdir()]
        if not names or any("history.jsonl" in name for name in names):  # the first that a making writes
            with _held(left_over):
                shutil.rmtree(left_over, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Hold a lock on the folder itself, which ends with this process; OSError if another holds it."""
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)
