"""What one step definition is, and when two of them are in each other's way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Definition:
    """One step definition: `keyword` is Given, When, Then or Step (any), `promise` its docstring's first line."""

    keyword: str
    pattern: str
    promise: str
    file: str
    line: int
    matcher: Any = field(repr=False, compare=False)

    def __str__(self) -> str:
        return f"{self.keyword} {self.pattern} ({self.file}:{self.line})"


@dataclass(frozen=True)
class Ambiguity:
    """Two definitions that match the same sentences of features: behave would take the first, without a word."""

    one: Definition
    other: Definition
    sentences: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.one} and {self.other} both match {', '.join(self.sentences)}."


def definition_of(matcher: Any) -> Definition:  # noqa: ANN401 - behave's matchers have no types
    """What behave has registered, as ours."""
    doc = (matcher.func.__doc__ or "").strip()
    location = matcher.location
    return Definition(
        matcher.step_type.title(), matcher.pattern, doc.partition("\n")[0], location.filename, location.line, matcher
    )
