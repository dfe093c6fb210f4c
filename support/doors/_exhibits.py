"""What all doors do alike with what they leave behind: bound it, make it JSON, and say it once."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from datetime import time as clock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..core import EvidenceSink, Exhibit

LONGEST_BODY: Final = 65_536
"""Characters of one body that are kept as evidence."""

LONGEST_VALUE: Final = 8_192
"""Characters of one value, such as a cell of a row, that are kept as evidence."""

MOST_ITEMS: Final = 50
"""Rows, messages or keys of one look that are kept as evidence."""

_LONGEST_WORD, _BETWEEN_WORDS = 4_096, " \n\t,;&\"'<>"
_POLLING_GAP = 0.5  # seconds; `eventually` pauses for 0.1 s at most, so a later look is somebody else's


def bounded(text: str, limit: int = LONGEST_BODY) -> str:
    """The text, or its first 64 KB and how much was cut; never half a word, which could be half a secret."""
    if len(text) <= limit:
        return text
    end = 1 + max(text.rfind(mark, limit - _LONGEST_WORD, limit) for mark in _BETWEEN_WORDS)
    kept = text[: end or limit]
    return f"{kept}\n[cut: {len(text) - len(kept)} of {len(text)} characters]"


def readable(content: bytes, media_type: str = "") -> str:
    """The bytes as text, bounded; what is no text is described by type and size."""
    if media_type.startswith(("image/", "audio/", "video/", "font/")) or b"\x00" in content[:1024]:
        return f"[{media_type or 'binary'}, {len(content)} bytes]"
    try:
        return bounded(content.decode())
    except UnicodeDecodeError:
        return bounded(content.decode("latin-1")) if "charset" in media_type else f"[binary, {len(content)} bytes]"


def plain(value: object) -> object:
    """The value as JSON can hold it: dates in ISO form, bytes by their size, anything unknown as text."""
    if value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return f"[{len(value)} bytes]"
    if isinstance(value, datetime | date | clock):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, Sequence | AbstractSet) and not isinstance(value, str):
        return [plain(each) for each in value]
    return bounded(str(value), LONGEST_VALUE)


def count(number: int, noun: str, nouns: str = "") -> str:
    """The number with its noun: "no rows", "1 row", "3 rows"."""
    plural = nouns or f"{noun}s"
    return f"no {plural}" if number == 0 else f"{number} {noun if number == 1 else plural}"


class SaidOnce:
    """Keeps evidence, but that of polling only once: the same look with the same outcome within half a second.

    Another step, or another action, that looks at the same has its own exhibit.
    """

    def __init__(self, sink: EvidenceSink) -> None:
        self._sink = sink
        self._last: object = None
        self._at = -math.inf

    def keep(self, exhibit: Exhibit, *, same: object) -> None:
        """Keep the exhibit unless the last one was the `same` and just now."""
        now, last, same = time.monotonic(), self._last, (self._sink.now_doing(), same)
        polling = same == last and now - self._at < _POLLING_GAP
        self._last, self._at = same, now
        if not polling:
            self._sink.keep(exhibit)
