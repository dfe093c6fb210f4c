"""Proving that nothing a run leaves behind holds a secret: every file is read, and every archive opened."""

from __future__ import annotations

import mmap
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..core import REDACTED, KnownValues
from ._leak_layers import Layer, Unopened, layers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST: Final = 8
"""Characters; shorter values stand in innocent files by chance."""

SHORTEST_IN_NAMES: Final = 12
"""Characters; shorter values may be words by which a system calls its parts, and so logs and members are called."""

_DERIVED: Final = ("report", "report.html")
_BESIDE: Final = ("runs.jsonl", "durations.json", "history.jsonl")  # what all runs below a folder of reports share
_MOST_PLACES: Final = 20

UNNAMED: Final = "a secret"


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """A secret that stands in a file, by its name and never by its value.

    `file` is relative to the folder that was searched, `member` is what it was found in within the file (a member of
    an archive, what was packed in base64), empty for the file itself, and "its name" for the name of the file.
    """

    file: str
    member: str
    secret: str

    def __str__(self) -> str:
        inside = f" ({self.member})" if self.member else ""
        return f"{self.file}{inside}: {self.secret}"


def find_leaks(folder: Path, secrets: Iterable[str]) -> list[Leak]:
    """Every place in a run's folder in which one of these secrets stands, in any notation; sorted, each once.

    `secrets` may be a mapping from the values to their names, which are told. What is shorter than 8 characters is not
    looked for, nor in names what is shorter than 12. An archive that cannot be opened and a file that cannot be read
    are told, too: nobody knows what is in them. What vanishes meanwhile is left out.

    The pages directly in the folder (`report/`, `report.html`) are not read: they are made from its results, which
    are. They may be those of an earlier making, and those of this one are made only of what was searched before. What
    outlives the folder is read: the files beside it in which runs are remembered, by this run and by earlier ones.
    """
    named = secrets if isinstance(secrets, Mapping) else dict.fromkeys(secrets, UNNAMED)
    known, in_names = (_known(named, shortest) for shortest in (SHORTEST, SHORTEST_IN_NAMES))
    if not known.names:
        return []
    return sorted({leak for path in _files(folder) for leak in _in_file(path, _name(path, folder), known, in_names)})


def leaks_in_words(leaks: Iterable[Leak]) -> str:
    """What the run says of its leaks: each file with the names of the secrets in it, what follows, and what to do."""
    by_place: dict[str, list[str]] = {}
    for leak in leaks:
        by_place.setdefault(leak.file + (f" ({leak.member})" if leak.member else ""), []).append(leak.secret)
    places = [f"{place}: {', '.join(names)}" for place, names in by_place.items()]
    more = [f"{len(places) - _MOST_PLACES} more places"] if len(places) > _MOST_PLACES else []
    told = "; ".join([*places[:_MOST_PLACES], *more])
    return (
        f"Secrets stand in what the run left: {told}. No pages were made of it. "
        "Keep the folder to yourself, and mend what let them through."
    )


def _known(secrets: Mapping[str, str], shortest: int) -> KnownValues:
    known = KnownValues(shortest)
    for secret, name in secrets.items():
        known.add(secret, name)
    return known


def _files(folder: Path) -> Iterator[Path]:
    """Every file once, also where it has several names, and every folder that cannot be listed.

    What a link leads to belongs to somebody else.
    """
    met: set[tuple[int, int]] = set()
    for path in [*sorted(_paths(folder)), *(folder.parent / name for name in _BESIDE)]:
        try:
            told = path.lstat()
        except FileNotFoundError:
            continue
        if stat.S_ISREG(told.st_mode) and (told.st_dev, told.st_ino) in met:
            continue
        met.add((told.st_dev, told.st_ino))
        if stat.S_ISREG(told.st_mode) or stat.S_ISDIR(told.st_mode):
            yield path


def _paths(folder: Path) -> Iterator[Path]:
    unlisted: list[OSError] = []
    for inside, folders, names in os.walk(folder, onerror=unlisted.append):
        derived = _DERIVED if Path(inside) == folder else ()
        folders[:] = [name for name in folders if name not in derived]
        yield from (Path(inside, name) for name in names if name not in derived)
    yield from (Path(error.filename) for error in unlisted)


def _name(path: Path, folder: Path) -> Path:
    """The file as it is told: from the folder."""
    return path.relative_to(folder) if path.is_relative_to(folder) else Path("..", path.name)


def _in_file(path: Path, name: Path, known: KnownValues, in_names: KnownValues) -> Iterator[Leak]:
    clean_name = in_names.replace(name.as_posix(), REDACTED)
    for form in in_names.found_in(os.fsencode(name)):
        yield Leak(clean_name, "its name", in_names.name_of(form))
    try:
        for layer in _layers(path):
            inside = in_names.replace(layer.member, REDACTED)
            for told in _told_of(layer, known, in_names):
                yield Leak(clean_name, inside, told)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Leak(clean_name, "", f"a file that cannot be read ({error.strerror})")


def _layers(path: Path) -> Iterator[Layer | Unopened]:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size:
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                yield from layers_of(content)


def _told_of(layer: Layer | Unopened, known: KnownValues, in_names: KnownValues) -> set[str]:
    if isinstance(layer, Unopened):
        return {f"an archive that cannot be opened ({layer.reason})"}
    return _secrets_in(layer, in_names if layer.is_name else known)


def _secrets_in(layer: Layer, known: KnownValues) -> set[str]:
    forms = known.found_in(layer.content) | known.found_folded(layer.content)
    return {known.name_of(form) for form in forms}
