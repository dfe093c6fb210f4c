"""Whether what `[redaction]` says can be meant: names that are names, expressions that can be searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..core import pattern_fault, plain_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_NAMES: Final = ("fields", "personal", "kept")


def redaction_faults(table: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Everything wrong with the values of `[redaction]`, whose types are right."""
    for key in _NAMES:
        for name in table.get(key, ()):
            if not plain_name(name):
                yield f"redaction.{key}: has {name!r}, which is in every name; expected names such as 'email'."
    personal = {plain_name(name) for name in table.get("personal", ())}
    for name in table.get("kept", ()):
        if plain_name(name) in personal:
            yield f"redaction.kept: {name!r} is personal, too. Take it out of one of the two lists."
    for pattern in table.get("patterns", ()):
        if fault := pattern_fault(pattern):
            yield f"redaction.patterns: {pattern!r} {fault}"
