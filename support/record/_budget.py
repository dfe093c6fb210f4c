"""How much of one scenario's evidence is kept in files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..core import Exhibit

MOST_OF_A_SCENARIO: Final = 20 * 1024 * 1024
"""Bytes: room for a picture, a trace and hundreds of exchanges, and a run of 1,000 failures fits on a disk."""


def within_budget(exhibits: Iterable[Exhibit]) -> list[Exhibit]:
    """The exhibits, the bodies that there is no room for replaced by a line; the last ones, near the end, come first.

    Summaries and data stay.
    """
    left = MOST_OF_A_SCENARIO
    kept: list[Exhibit] = []
    for exhibit in reversed(list(exhibits)):
        size = len(exhibit.body if isinstance(exhibit.body, bytes) else exhibit.body.encode(errors="replace"))
        fits = size <= left
        left -= size if fits else 0
        kept.append(exhibit if fits else _left_out(exhibit, size, left))
    return kept[::-1]


def _left_out(exhibit: Exhibit, size: int, left: int) -> Exhibit:
    room = f"the files of one scenario may have {MOST_OF_A_SCENARIO:,} bytes, and what came after left {left:,} of them"
    return replace(exhibit, body=f"[left out: {exhibit.media_type}, {size:,} bytes; {room}]", media_type="text/plain")
