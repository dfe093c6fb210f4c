"""What was seen when something went wrong, the most telling first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .._plain_text import one_line
from ._markup import Html, element, folded, joined, link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...record import EvidenceRecord

_MOST_LINKS: Final = 40
_AT_ONCE: Final = 4
_NAMES: Final[Mapping[str, str]] = {
    "browser.screenshot": "picture of the page",
    "browser.trace": "trace",
    "browser.text": "words on the page",
    "http.exchange": "HTTP exchange",
    "sql.query": "SQL",
    "mail.text": "mail",
    "system.logs": "log",
    "environment": "facts",
}
"""Kinds of evidence as people call them."""

_TELLING: Final = ("browser.screenshot", "browser.trace", "browser.text")
_ABOUT: Final = ("system.logs", "environment")


def evidence(seen: Sequence[EvidenceRecord]) -> Html:
    """Links to what was kept: a few at once, the others folded; and how much was seen and not kept."""
    files = sorted((each for each in seen if each.file), key=_rank)
    links = [_link(each, str(each.file)) for each in files[:_MOST_LINKS]]
    if len(files) > _MOST_LINKS:
        folder = str(files[0].file).rpartition("/")[0]
        links.append(element("li", link(f"all {len(files)} files", f"{folder}/")))
    if left := len(seen) - len(files):
        told = element("li", f"{left} more seen, not kept as files: they are in ", link("the record", "record.jsonl"))
        links.append(told)
    if not links:
        return Html()
    rest = links[_AT_ONCE:]
    more = folded(f"and {len(rest)} more", element("ul", *rest)) if rest else Html()
    return joined([element("ul", *links[:_AT_ONCE]), more])


def _link(exhibit: EvidenceRecord, file: str) -> Html:
    kind = _NAMES.get(exhibit.kind, exhibit.kind)
    told = kind.capitalize() if exhibit.kind in _TELLING else one_line(exhibit.summary or exhibit.kind, 120)
    return element("li", link(told, file), " ", element("span", one_line(kind)))


def _rank(exhibit: EvidenceRecord) -> tuple[int, int, float]:
    """What the customer saw, then what was sent and read, the last step's first; last what is known of the system."""
    if exhibit.kind in _TELLING:
        return 0, _TELLING.index(exhibit.kind), exhibit.at
    return 1 + (exhibit.kind in _ABOUT), -(exhibit.step or 0), exhibit.at
