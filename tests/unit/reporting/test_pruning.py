"""Keeping as many runs as the policy says, and nothing else."""

from __future__ import annotations

import json
import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from support.reporting._pruning import point_latest_to, prune

if TYPE_CHECKING:
    from pathlib import Path


SETTLED = 11 * 60.0


def made(reports: Path, name: str, at: float, *, ended: bool = True, idle: float = SETTLED) -> Path:
    """The folder of a run in which nothing was written for a while."""
    folder = reports / name
    (folder / "evidence").mkdir(parents=True)
    lines = [{"type": "run_started", "run_id": name, "started_at": at}, {"type": "scenario"}]
    lines += [{"type": "run_finished"}] * ended
    record = folder / "record.jsonl"
    record.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))
    for path in folder.iterdir():
        os.utime(path, (time.time() - idle,) * 2)
    return folder


def names(reports: Path) -> list[str]:
    """What is left."""
    return sorted(path.name for path in reports.iterdir())


def test_the_oldest_go(tmp_path: Path) -> None:
    """By when they began, whatever their names; those that went are told."""
    folders = [made(tmp_path, name, at) for at, name in enumerate("dacb")]
    assert prune(tmp_path, 2) == [folders[1], folders[0]]
    assert names(tmp_path) == ["b", "c"]


def test_nought_keeps_all(tmp_path: Path) -> None:
    """Who wants no policy has none."""
    made(tmp_path, "a", 1)
    assert prune(tmp_path, 0) == []
    assert names(tmp_path) == ["a"]


def test_what_is_no_run_stays(tmp_path: Path) -> None:
    """Files, links, folders of others, and records that are torn or of another run are not ours to remove."""
    made(tmp_path, "newest", 9)
    for name in ("mine", "torn", "renamed"):
        (made(tmp_path, "x", 1)).rename(tmp_path / name)
    (tmp_path / "mine" / "record.jsonl").unlink()
    (tmp_path / "torn" / "record.jsonl").write_text('{"type":"run_st')
    (tmp_path / "history.jsonl").touch()
    elsewhere = made(tmp_path / "mine", "linked", 1)
    (tmp_path / "linked").symlink_to(elsewhere)
    before = names(tmp_path)
    assert prune(tmp_path, 1) == []
    assert names(tmp_path) == before
    assert (elsewhere / "record.jsonl").exists()


def test_a_run_that_goes_on_stays(tmp_path: Path) -> None:
    """A record without an end may still be written; one that nobody has written to for a day is of a run that died."""
    made(tmp_path, "alive", 1, ended=False)
    dead = made(tmp_path, "dead", 2, ended=False, idle=25 * 3600)
    made(tmp_path, "new", 3)
    assert prune(tmp_path, 1) == [dead]


@pytest.mark.parametrize("touched", ["record.jsonl", "evidence", "index.html"])
def test_a_run_that_has_ended_and_still_tells_stays(tmp_path: Path, touched: str) -> None:
    """Its record ends before its pages are made: whoever writes there must not lose the folder."""
    folder = made(tmp_path, "publishing", 1)
    made(tmp_path, "new", 2)
    (folder / touched).touch()
    assert prune(tmp_path, 1) == []
    os.utime(folder / touched, (time.time() - SETTLED,) * 2)
    assert prune(tmp_path, 1) == [folder]


def test_the_current_run_stays(tmp_path: Path) -> None:
    """Also if others began later, and whatever its files say."""
    folder = made(tmp_path, "mine", 1)
    made(tmp_path, "newer", 2)
    assert prune(tmp_path, 1, current=folder) == []
    assert prune(tmp_path, 1) == [folder]


def test_what_latest_leads_to_stays(tmp_path: Path) -> None:
    """Also if a clock was turned back and it does not look like the newest."""
    made(tmp_path, "current", 1)
    made(tmp_path, "other", 2)
    (tmp_path / "latest").symlink_to("current")
    assert prune(tmp_path, 1) == []


def test_several_may_prune_at_once(tmp_path: Path) -> None:
    """Each folder is removed, and told, by exactly one of them."""
    for number in range(40):
        made(tmp_path, f"r{number}", number)
    removed: list[Path] = []
    threads = [threading.Thread(target=lambda: removed.extend(prune(tmp_path, 5))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(removed) == sorted(tmp_path / f"r{number}" for number in range(35))
    assert names(tmp_path) == sorted(f"r{number}" for number in range(35, 40))


def test_what_a_killed_pruning_left_is_swept_away(tmp_path: Path) -> None:
    """A folder that was out of sight already goes the next time; a missing place is no trouble."""
    made(tmp_path, ".pruned-old-99", 1)
    prune(tmp_path, 1)
    assert names(tmp_path) == []
    assert prune(tmp_path / "missing", 1) == []


def test_latest_leads_to_the_run_that_began_last(tmp_path: Path) -> None:
    """The link is renewed in one step; where something else has its name, that stays and the run is not disturbed."""
    for name in ("a", "b"):
        point_latest_to(tmp_path / name)
    assert (tmp_path / "latest").readlink().name == "b"
    (tmp_path / "latest").unlink()
    (tmp_path / "latest" / "mine").mkdir(parents=True)
    point_latest_to(tmp_path / "c")
    assert names(tmp_path) == ["latest"]
