"""Keeping as many runs as the policy says."""

from __future__ import annotations

import json
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_LATEST: Final = "latest"
_RECORD: Final = "record.jsonl"
_DOOMED: Final = ".pruned-"
_LIVES_FOR: Final = 24 * 3600.0  # a record without an end that is younger may be that of a run which still goes on
_SETTLES_FOR: Final = 600.0  # seconds; a record ends before the run has told what it says: pages may still be made
_TAIL: Final = 1 << 14


@dataclass(frozen=True)
class _Folder:
    path: Path
    started_at: float
    may_go: bool


def prune(reports: Path, keep: int, current: Path | None = None) -> list[Path]:
    """Remove the oldest run folders, so that `keep` are left; returns those that were removed. 0 keeps all.

    Only a folder goes whose record begins with the run of its name. The newest stays, `current`, what `latest` leads
    to, a run that has not ended, unless nothing was written to its record for a day, and any folder in which something
    was written within ten minutes. Files beside the folders, such as the history, stay. Several may prune at once: each
    folder is removed by one of them.
    """
    _sweep(reports)
    if keep <= 0:
        return []
    runs = sorted(_runs(reports), key=lambda each: each.started_at, reverse=True)
    stay = {_latest(reports), current.name if current else ""}
    return [each.path for each in runs[keep:] if each.may_go and each.path.name not in stay and _remove(each.path)]


def point_latest_to(folder: Path) -> None:
    """Let `latest` lead to this run; where links are not to be had, it is missing and nothing else is."""
    link, new = folder.parent / _LATEST, folder.parent / f".{_LATEST}-{folder.name}"
    try:
        new.symlink_to(folder.name)
        new.replace(link)
    except OSError:
        new.unlink(missing_ok=True)


def _runs(reports: Path) -> list[_Folder]:
    try:
        folders = [path for path in reports.iterdir() if not path.is_symlink() and path.is_dir()]
    except OSError:
        return []
    return [run for path in folders if (run := _run(path)) is not None]


def _run(path: Path) -> _Folder | None:
    """The run whose folder this is; None if it is anything else."""
    try:
        with (path / _RECORD).open("rb") as file:
            first = json.loads(file.readline())
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _TAIL))
            ended = file.read().rstrip(b"\n").rpartition(b"\n")[2].startswith(b'{"type":"run_finished"')
            idle = time.time() - os.fstat(file.fileno()).st_mtime
        settled = time.time() - max(each.lstat().st_mtime for each in path.iterdir()) > _SETTLES_FOR
        if first["type"] != "run_started" or first["run_id"] != path.name:
            return None
        return _Folder(path, float(first["started_at"]), may_go=settled and (ended or idle > _LIVES_FOR))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _latest(reports: Path) -> str:
    try:
        return (reports / _LATEST).readlink().name
    except OSError:
        return ""


def _remove(path: Path) -> bool:
    """Take a folder out of sight in one step, then remove it; False if another has, or nobody may."""
    doomed = path.with_name(f"{_DOOMED}{path.name}-{os.getpid()}")
    try:
        path.rename(doomed)
    except OSError:
        return False
    shutil.rmtree(doomed, ignore_errors=True)
    return True


def _sweep(reports: Path) -> None:
    """Remove what a run left that was killed while it pruned."""
    with suppress(OSError):
        for left in reports.glob(f"{_DOOMED}*"):
            shutil.rmtree(left, ignore_errors=True)
