"""How a word in a sentence is written: the pattern by which behave finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


def written(pattern: str) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Let a function read the words that fit the pattern; groups in it do not capture."""
    return cast("Callable[[Callable[[str], T]], Callable[[str], T]]", parse.with_pattern(pattern))


def any_of(words: Iterable[str]) -> str:
    """A pattern for these words, the longest first: one may begin with another."""
    return "|".join(sorted(words, key=len, reverse=True))
