"""Keeping exhibits as files beside the record."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ._budget import within_budget
from ._lines import EvidenceRecord
from ._writing import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core import Exhibit


_MAY_HOLD_SCRIPTS: Final = ("html", "xml")  # how media types end: HTML, SVG and whatever else is XML


def keep_evidence(exhibits: Iterable[Exhibit], folder: Path, into: str) -> list[EvidenceRecord]:
    """Write the bodies of exhibits under `folder` (the run's) in its sub-folder `into`, and say where each lies.

    Exhibits without a body have no file. They must have been redacted before. What is too much is left out, and said.
    What a browser would run when one opens the file has a name by which it shows it as text.
    """
    kept = enumerate(within_budget(exhibits), 1)
    return [_keep(exhibit, folder, Path(into) / f"{number:02}") for number, exhibit in kept]


def summaries(exhibits: Iterable[Exhibit]) -> list[EvidenceRecord]:
    """What exhibits say in one line each, without their bodies and data: what is cheap enough to keep of a success."""
    return [
        EvidenceRecord(each.kind, each.summary, each.step, each.at, each.media_type, action=each.action)
        for each in exhibits
    ]


def _keep(exhibit: Exhibit, folder: Path, stem: Path) -> EvidenceRecord:
    file = f"{stem.as_posix()}-{re.sub(r'[^a-z0-9]+', '-', exhibit.kind.lower())}{_suffix(exhibit.media_type)}"
    if exhibit.body:
        path = folder / file
        body = exhibit.body
        with told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body if isinstance(body, bytes) else body.encode("utf-8", "backslashreplace"))
    return EvidenceRecord(
        kind=exhibit.kind,
        summary=exhibit.summary,
        step=exhibit.step,
        at=exhibit.at,
        media_type=exhibit.media_type,
        file=file if exhibit.body else None,
        data=exhibit.data,
        action=exhibit.action,
    )


def _suffix(media_type: str) -> str:
    plain = media_type.partition(";")[0].strip().lower()
    if plain.endswith("-trace"):
        return ".zip"
    suffix = ".json" if plain.endswith("json") else mimetypes.guess_extension(plain) or ".bin"
    return f"{suffix}.txt" if plain.endswith(_MAY_HOLD_SCRIPTS) else suffix
