"""The peak memory of a command and of all processes that it starts, as Linux accounts for it."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_EVERY: Final = 0.05


def peaks(command: Sequence[str], folder: Path, environment: Mapping[str, str]) -> tuple[int, int]:
    """The most bytes that all processes had together, and that the first had: a page that n share counts 1/n in each.

    Looked at twenty times a second: what comes and goes in between is missed.
    """
    all_together = alone = 0
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        while process.poll() is None:
            sizes = [_size(pid) for pid in _tree(process.pid)]
            all_together, alone = max(all_together, sum(sizes)), max(alone, sizes[0])
            time.sleep(_EVERY)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: exit status {process.returncode}")
    return all_together, alone


def _tree(pid: int) -> Iterator[int]:
    """A process, and all below it."""
    yield pid
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = children.read_text().split()
        except OSError:
            continue  # it ended meanwhile
        for child in below:
            yield from _tree(int(child))


def _size(pid: int) -> int:
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("Pss:"))
