"""One run's folder of the folders that its shards have left."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..core import ConfigurationError, RehearsalError
from ._joining import join_records, run_id_of
from ._pieces import RECORD, find_pieces, unreadable
from ._reading import read_record
from ._writing import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ._pieces import Piece
    from ._run import Run

_KEPT: Final = ("evidence", "logs")
"""Folders of a run that are joined; the rest is made anew of the record."""


@dataclass(frozen=True)
class Merged:
    """The whole run and its folder; `notes` are what its user should know beside its verdict."""

    run: Run
    folder: Path
    notes: Sequence[str]


def merge(
    places: Iterable[str],
    reports: Path,
    into: Path | None = None,
    publish: Callable[[Run, Path], object] = lambda _run, _folder: None,
) -> Merged:
    """Join the records, evidence and logs of shards in a folder of their own: `into`, or one below `reports`.

    It is there when it is whole, with what `publish` has made in it of the run, or not at all. Merging the same shards
    again makes the same folder again. ConfigurationError says what does not belong together, or that the folder is
    something else's; RehearsalError what cannot be written.
    """
    pieces = find_pieces(places)
    folder = (into or reports / run_id_of(pieces)).absolute()
    with told(folder):
        _check_free(folder, run_id_of(pieces))
    new = folder.with_name(f".merged-{folder.name}-{os.getpid()}")
    try:
        join_records(pieces, new)
        for piece in pieces:
            _copy(piece, new)
        with told(folder):
            publish(read_record(new / RECORD), new)
            shutil.rmtree(folder, ignore_errors=True)
            new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return Merged(read_record(folder / RECORD), folder, _notes(pieces))


def _check_free(folder: Path, run_id: str) -> None:
    """Only an earlier merge of the same shards is replaced."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    try:
        found = read_record(folder / RECORD).started.run_id
    except ConfigurationError:
        found = ""
    if found != run_id:
        msg = f"{folder} is there already, and holds {f'run {found}' if found else 'no run'}. Name another with --into."
        raise ConfigurationError(msg)


def _copy(piece: Piece, into: Path) -> None:
    for kind in _KEPT:
        source = piece.folder / kind
        for path in sorted(_files(source)):
            target = into / kind / piece.place / path.relative_to(source)
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
            except OSError as error:
                msg = f"{path} cannot be copied to {target}: {error.strerror}. Mend that, and merge again."
                raise RehearsalError(msg) from error


def _files(folder: Path) -> Iterator[Path]:
    """What lies in a folder; what a link leads to is somebody else's, and what cannot be listed would be missing."""
    if folder.is_symlink() or not folder.is_dir():
        return
    for inside, _, names in os.walk(folder, onerror=unreadable):
        yield from (path for name in names if (path := Path(inside, name)).is_file() and not path.is_symlink())


def _notes(pieces: Sequence[Piece]) -> list[str]:
    damaged = [
        f"{each.folder}: {each.run.damaged} line{'s' * (each.run.damaged > 1)} of the record cannot be read."
        for each in pieces
        if each.run.damaged
    ]
    if len({each.run.started.seed for each in pieces}) == 1:
        return damaged
    seeds = ", ".join(f"{each.run.started.seed} in {each.shard}" for each in pieces)
    return [*damaged, f"The shards had seeds of their own ({seeds}). Pass -D seed=N to all, and one repeats the whole."]
