"""Proving that nothing a run leaves behind holds a secret: every file is read, and every archive opened."""

from __future__ import annotations

import mmap
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..core import REDACTED, KnownValues
from ._leak_layers import Layer, Unopened, layers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SHORTEST: Final = 8
"""Characters; shorter values stand in innocent files by chance."""

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
    """Every place below a folder in which one of these secrets stands, in any notation; sorted, each once.

    `secrets` may be a mapping from the values to their names, which are told. What is shorter than 8 characters is not
    looked for. An archive that cannot be opened is told, too: nobody knows what is in it.
    """
    known = KnownValues(SHORTEST)
    for secret in secrets:
        known.add(secret, secrets[secret] if isinstance(secrets, Mapping) else UNNAMED)
    if not known.names:
        return []
    return sorted({leak for path in _files(folder) for leak in _in_file(path, path.relative_to(folder), known)})


def leaks_in_words(leaks: Iterable[Leak]) -> str:
    """What the run says of its leaks: each file with the names of the secrets in it, and what to do."""
    by_place: dict[str, list[str]] = {}
    for leak in leaks:
        by_place.setdefault(leak.file + (f" ({leak.member})" if leak.member else ""), []).append(leak.secret)
    places = [f"{place}: {', '.join(names)}" for place, names in by_place.items()]
    more = [f"{len(places) - _MOST_PLACES} more places"] if len(places) > _MOST_PLACES else []
    told = "; ".join([*places[:_MOST_PLACES], *more])
    return f"Secrets stand in what the run left: {told}. Keep the folder to yourself, and mend what let them through."


def _files(folder: Path) -> Iterator[Path]:
    """Every file once, also where it has several names; what a link leads to belongs to somebody else."""
    met: set[tuple[int, int]] = set()
    for path in sorted(folder.rglob("*")):
        told = path.lstat()
        if path.is_symlink() or not path.is_file() or (told.st_dev, told.st_ino) in met:
            continue
        met.add((told.st_dev, told.st_ino))
        yield path


def _in_file(path: Path, name: Path, known: KnownValues) -> Iterator[Leak]:
    clean_name = known.replace(name.as_posix(), REDACTED)
    for form in known.found_in(os.fsencode(name)):
        yield Leak(clean_name, "its name", known.name_of(form))
    for layer in _layers(path):
        inside = known.replace(layer.member, REDACTED)
        if isinstance(layer, Unopened):
            yield Leak(clean_name, inside, f"an archive that cannot be opened ({layer.reason})")
        else:
            for secret in _secrets_in(layer, known):
                yield Leak(clean_name, inside, secret)


def _layers(path: Path) -> Iterator[Layer | Unopened]:
    if path.stat().st_size == 0:
        return
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        yield from layers_of(content)


def _secrets_in(layer: Layer, known: KnownValues) -> set[str]:
    forms = known.found_in(layer.content) | known.found_folded(layer.content)
    return {known.name_of(form) for form in forms}
