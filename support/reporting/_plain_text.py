"""Text as it may be shown: nothing in it moves a cursor, turns a line around, ends a page, or breaks XML."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_MOST_LETTERS: Final = 300
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_WIDE: Final = frozenset("WF")
_NARROW: Final = frozenset(("Mn", "Me", "Cf"))


def visible(text: str) -> str:
    r"""The text with control characters, lone surrogates and changes of direction spelt out, such as `\x1b`."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text.replace("\r\n", "\n"))


def one_line(text: str, most: int = _MOST_LETTERS) -> str:
    """The text as one visible line of at most so many letters."""
    if len(text) <= most and text.isprintable() and "  " not in text:
        return text.strip()  # nearly all texts are such: this is asked for thousands of them
    return cut(visible(" ".join(text[: 8 * most].split())), most)


def cut(text: str, most: int = _MOST_LETTERS) -> str:
    """The text, its end replaced by dots if it is longer."""
    return text if len(text) <= most else text[: most - 3] + "..."


def cells(text: str) -> int:
    """How many columns of a terminal a visible text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def fitted(text: str, columns: int) -> str:
    """The text, cut so that it takes no more than so many columns."""
    if cells(text) <= columns:
        return text
    kept, left = list[str](), columns - min(3, columns)
    for letter in text:
        left -= _width(letter)
        if left < 0:
            break
        kept.append(letter)
    return "".join(kept) + "..."[:columns]


def lasting(seconds: float) -> str:
    """A duration as people say it: 0.4 s, 12 s, 2 min 5 s, 1 h 4 min."""
    if seconds < 9.95:  # noqa: PLR2004 - what rounds to 10 needs no tenths
        return f"{max(seconds, 0):.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def _width(letter: str) -> int:
    if unicodedata.category(letter) in _NARROW:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in _WIDE else 1
