"""Evidence as attachments, in the types that Allure's viewer shows best."""

from __future__ import annotations

import csv
import io
import mimetypes
from typing import TYPE_CHECKING, Final

from ...record import EvidenceRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ...core import Exhibit
    from ._folder import ResultsFolder

HTTP: Final = "application/vnd.allure.http+json"
TRACE: Final = "application/vnd.allure.playwright-trace"
_EXTENSIONS: Final[Mapping[str, str]] = {
    HTTP: "httpexchange",
    TRACE: "zip",
    "application/vnd.allure.image.diff": "imagediff",
    "application/x-ndjson": "ndjson",
    "application/sql": "sql",
    "text/plain": "txt",
}
_PLAIN: Final = ("browser.screenshot", "browser.trace")
_AS_CODE: Final[Mapping[str, str]] = {"application/sql": "text/sql", "application/x-ndjson": "text/plain"}


class Attachments:
    """Puts bodies into the folder of results; `folder` is the run's, where evidence lies."""

    def __init__(self, folder: Path, results: ResultsFolder) -> None:
        self._folder, self._results = folder.absolute(), results

    def text(self, name: str, body: str, media_type: str = "text/plain") -> dict[str, str]:
        """A text as an attachment."""
        return _attachment(name, self._results.attach(body, extension_of(media_type)), media_type)

    def table(self, name: str, rows: Iterable[Sequence[object]]) -> dict[str, str]:
        """Rows, the headings first, as an attachment."""
        with io.StringIO() as text:
            csv.writer(text).writerows(rows)
            return self.text(name, text.getvalue(), "text/csv")

    def keep(self, exhibits: Iterable[Exhibit]) -> list[EvidenceRecord]:
        """Put the bodies of exhibits where results have them anyway: for those that have no run's folder."""
        return [
            EvidenceRecord(
                kind=each.kind,
                summary=each.summary,
                step=each.step,
                at=each.at,
                media_type=each.media_type,
                file=self._results.attach(each.body, _extension(each)) if each.body else None,
                data=each.data,
                action=each.action,
            )
            for each in exhibits
        ]

    def of(self, exhibit: EvidenceRecord) -> list[dict[str, str]]:
        """What an exhibit holds: its body, and what its data show better."""
        more = _MORE[exhibit.kind](self, exhibit) if exhibit.kind in _MORE else []
        if exhibit.file is None:
            return more
        source = self._results.adopt(self._folder, exhibit.file, _extension(exhibit))
        if source is None:
            return [*more, self.text(exhibit.summary, f"{exhibit.file} is gone: this evidence cannot be shown.")]
        media_type = _AS_CODE.get(exhibit.media_type, exhibit.media_type)
        return [_attachment(_name(exhibit), source, media_type), *more]


def rank(exhibit: EvidenceRecord) -> int:
    """What to look at first: pictures, then what led to them, then the rest."""
    return _PLAIN.index(exhibit.kind) if exhibit.kind in _PLAIN else len(_PLAIN)


def extension_of(media_type: str) -> str:
    """What the name of a file of this type ends with, without the dot."""
    plain = media_type.partition(";")[0].strip().lower()
    return _EXTENSIONS.get(plain) or (mimetypes.guess_extension(plain) or ".bin").lstrip(".")


def _extension(exhibit: EvidenceRecord | Exhibit) -> str:
    return str(exhibit.data.get("extension") or extension_of(exhibit.media_type))


def _attachment(name: str, source: str, media_type: str) -> dict[str, str]:
    return {"name": name, "source": source, "type": media_type}


def _name(exhibit: EvidenceRecord) -> str:
    door, _, what = exhibit.kind.partition(".")
    if exhibit.kind in _PLAIN:
        return what.capitalize()
    return f"{what.capitalize()}: {exhibit.summary}" if door == "browser" and what else exhibit.summary


def _curl(attachments: Attachments, exhibit: EvidenceRecord) -> list[dict[str, str]]:
    """The command that sends a request again."""
    command = exhibit.data.get("curl")
    return [attachments.text("curl", str(command))] if command else []


def _rows(attachments: Attachments, exhibit: EvidenceRecord) -> list[dict[str, str]]:
    """What a query has read, as a table."""
    rows = [row for row in exhibit.data.get("rows") or () if isinstance(row, dict)]
    if not rows:
        return []
    headings = list(dict.fromkeys(name for row in rows for name in row))
    return [attachments.table("Rows", [headings, *([row.get(name) for name in headings] for row in rows)])]


_MORE: Final = {"http.exchange": _curl, "sql.query": _rows}
