"""Making a database cluster."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from support.core import PartUnavailable
from support.system import Part, load
from support.system._cluster import Cluster
from support.system._site import Site

ROOT = Path(__file__).parents[3]


def cluster(folder: Path) -> Cluster:
    """A cluster that would be made in that folder."""
    (folder / "logs").mkdir()
    site = Site(load(ROOT / "system.toml"), folder, "http://127.0.0.1:1")
    return Cluster(Part("database", "postgresql"), Path("/nowhere"), None, site)


def test_a_failing_program_is_told_with_its_last_words(tmp_path: Path) -> None:
    """A program that fails while the cluster is made is named, with what it said."""
    with pytest.raises(PartUnavailable, match=r"database: sh failed. Last lines of its log:\n    no room"):
        asyncio.run(cluster(tmp_path)._run("/bin/sh", "-c", "echo no room; exit 1"))


def test_nothing_is_written_after_a_cancelled_start(tmp_path: Path) -> None:
    """A start that is cancelled ends the program that was copying, so that the folder can be removed."""

    async def story() -> None:
        making = asyncio.ensure_future(cluster(tmp_path)._run("/bin/sh", "-c", f"echo $$ > {tmp_path}/pid; sleep 60"))
        pid = tmp_path / "pid"
        while not (pid.exists() and pid.read_text()):  # noqa: ASYNC110 - the program's work is no event of ours
            await asyncio.sleep(0.005)
        making.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await making

    asyncio.run(story())
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()
