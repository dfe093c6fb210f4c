"""How large one exhibit may be: what is hostile or careless must not cost a run its memory, its time and its disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_TEXT: Final = 1024 * 1024
"""Characters of one body: more than anybody reads, and cleaned in a tenth of a second."""

LARGEST_BINARY: Final = 10 * 1024 * 1024
"""Bytes of one picture or archive: ten times a usual trace."""

_MARGIN: Final = 16_384  # longer than any secret: one that the first cut goes through ends in what the second cuts off


def cleaned_text(text: str, clean: Callable[[str], str]) -> str:
    """The text without secrets; if it is too long, its beginning and a line that says so."""
    if len(text) <= LONGEST_TEXT:
        return clean(text)
    cleaned = clean(text[: LONGEST_TEXT + _MARGIN])
    kept = cleaned[: min(LONGEST_TEXT, len(cleaned) - _MARGIN)]
    return f"{kept}\n[cut: {len(text) - LONGEST_TEXT:,} of {len(text):,} characters]"


def left_out(content: bytes, media_type: str) -> str:
    """The line in place of what is no text and too large; empty if it is not too large."""
    if len(content) <= LARGEST_BINARY:
        return ""
    return f"[left out: {media_type}, {len(content):,} bytes; one file may have {LARGEST_BINARY:,}]"
