"""Which sentences are alike, whatever values stand in them."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_VALUES = re.compile(r"\{[^}]*\}|\"[^\"]*\"|\(\?P<\w+>[^)]*\)|[^\w\s]|\b\d[\d.,]*\b")


def nearest(sentence: str, known: Iterable[str], *, count: int = 2, likeness: float = 0.6) -> list[str]:
    """The known sentences whose words are most like those of a sentence, the most alike first.

    Placeholders, quoted values and numbers do not count.
    """
    words = _words(sentence)
    scored = sorted(((-_likeness(words, _words(each)), each) for each in set(known)), key=lambda pair: pair)
    return [each for score, each in scored[:count] if -score >= likeness]


def _words(sentence: str) -> list[str]:
    return _VALUES.sub(" ", sentence.lower()).split()


def _likeness(one: list[str], other: list[str]) -> float:
    """Between 0 and 1: half by words, half by letters, so that a typing error still looks like the word."""
    by_words = SequenceMatcher(None, one, other).ratio()
    return (by_words + SequenceMatcher(None, " ".join(one), " ".join(other)).ratio()) / 2
