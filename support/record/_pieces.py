"""Finding what the shards of one run have left, and refusing what does not belong together."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

from ..core import ConfigurationError
from ._lines import SCHEMA_VERSION
from ._reading import read_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ._run import Run

RECORD: Final = "record.jsonl"
_NOTHING: Final = "There is no record in {}. Name folders of runs that were started with -D shard=1/3 and so on."


@dataclass(frozen=True)
class Piece:
    """What one shard has left: the `number`th of `total`, its folder and the run that is recorded there."""

    number: int
    total: int
    folder: Path
    run: Run

    @property
    def shard(self) -> str:
        """As the user asked for it: 2/5."""
        return f"{self.number}/{self.total}"

    @property
    def place(self) -> str:
        """The name of a folder for what is this shard's: 2-of-5."""
        return f"{self.number}-of-{self.total}"


def find_pieces(places: Iterable[str]) -> list[Piece]:
    """The shards that lie in folders of runs, in folders that hold such, or where patterns lead to; in their order.

    ConfigurationError if there are none, or if they are not of one run. A shard that lies there twice, as a link or a
    copy, is taken once.
    """
    pieces: dict[int, Piece] = {}
    places = list(places)
    for each in map(_piece, sorted({folder for place in places for folder in _folders(place)})):
        first = pieces.setdefault(each.number, each)
        _check_same(next(iter(pieces.values())), each)
        if first is not each and _content(first) != _content(each):
            msg = (
                f"Shard {each.shard} is there twice: {first.folder} (run {first.run.started.run_id}) and "
                f"{each.folder} (run {each.run.started.run_id}). Leave one of them out."
            )
            raise ConfigurationError(msg)
    if not pieces:
        raise ConfigurationError(_NOTHING.format(", ".join(places)))
    return [pieces[number] for number in sorted(pieces)]


def missing_shards(pieces: Sequence[Piece]) -> list[str]:
    """The shards of which nothing was found."""
    total, there = pieces[0].total, {each.number for each in pieces}
    return [f"{number}/{total}" for number in range(1, total + 1) if number not in there]


def _folders(place: str) -> Iterator[Path]:
    """The folders of runs at a place; files that a pattern of the shell brings along are passed over."""
    if not place:
        msg = "The name of a folder is empty. Name folders of shards; an empty one is often a variable that is not set."
        raise ConfigurationError(msg)
    try:
        found = [place] if Path(place).exists() else sorted(glob(place, recursive=True))  # noqa: PTH207 - absolute, too
        records = {record for each in found for record in _records(Path(each))}
    except OSError as error:
        unreadable(error)
    if not records and not (found and all(Path(each).is_file() for each in found)):
        raise ConfigurationError(_NOTHING.format(place))
    yield from sorted({record.parent.resolve() for record in records})


def _records(place: Path) -> Iterable[Path]:
    if not place.is_dir():
        return [place] if place.name == RECORD else []
    if (place / RECORD).exists():
        return [place / RECORD]
    return [Path(folder, RECORD) for folder, _, files in os.walk(place, onerror=unreadable) if RECORD in files]


def unreadable(error: OSError) -> NoReturn:
    """A folder that nobody may look into may hold a shard."""
    msg = f"{error.filename} cannot be read: {error.strerror}. Make it readable, or name the folders of the shards."
    raise ConfigurationError(msg) from error


def _piece(folder: Path) -> Piece:
    try:
        run = read_record(folder / RECORD)
    except ConfigurationError as error:
        raise ConfigurationError(_with_place(str(error), folder)) from error
    started = run.started
    if started.schema_version != SCHEMA_VERSION:
        msg = f"{folder}: this record has schema version {started.schema_version}; only {SCHEMA_VERSION} can be merged."
        raise ConfigurationError(msg)
    found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", str(started.shard))
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        what = "a run that was merged already" if started.settings.get("shards") else "a whole run"
        msg = (
            f"{folder} holds {what} ({started.run_id}), no shard of one. "
            "Name folders that hold nothing but runs with -D shard=1/3 and so on."
        )
        raise ConfigurationError(msg)
    return Piece(int(found[1]), int(found[2]), folder, run)


def _with_place(told: str, folder: Path) -> str:
    return told if str(folder) in told else f"{folder}: {told}"


def _given_seed(argv: Sequence[str]) -> str:
    """By which the user says what is one run; empty if each shard drew one for itself."""
    found = [re.fullmatch(r"(?:-D|--define=)?seed=(.*)", word) for word in argv]
    return next((each[1] for each in reversed(found) if each), "")


_SAME: Final[Sequence[tuple[str, Callable[[Piece], object], str]]] = (
    ("system", lambda each: each.run.started.system, "They are of two suites."),
    (
        "version of Rehearsal",
        lambda each: each.run.started.versions.get("rehearsal", ""),
        "Run all shards with one, and merge them with it.",
    ),
    ("profile", lambda each: each.run.started.profile, "Run all shards against one profile."),
    ("number of shards", lambda each: each.total, "They are parts of two runs."),
    ("seed that was given", lambda each: _given_seed(each.run.started.argv), "They are of two runs."),
    (
        "cut",
        lambda each: each.run.started.cut,
        "Run all shards of the same features with the same selection, schedule and durations.",
    ),
)


def _check_same(one: Piece, other: Piece) -> None:
    for name, of, hint in _SAME:
        if of(one) != of(other):
            msg = (
                f"{one.folder} and {other.folder} cannot be merged: the {name} differs ({of(one)}, {of(other)}). {hint}"
            )
            raise ConfigurationError(msg)


def _content(piece: Piece) -> bytes:
    return (piece.folder / RECORD).read_bytes()
