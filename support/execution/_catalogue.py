"""The catalogue of steps, as a page."""

from __future__ import annotations

from itertools import groupby
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._definition import Definition

_KEYWORDS: Final = ("Given", "When", "Then", "Step")

_HEAD: Final = """\
# The sentences of this suite

A scenario in these words needs no Python. Placeholders in braces are filled in by the scenario: `{customer:Customer}`
takes what the parameter type `Customer` understands, `"{sku}"` any text in quotes. This page is generated.
"""


def catalogue_of(definitions: Iterable[Definition]) -> str:
    """One table a concept (a file of steps), its sentences as Given, When and Then and then as written in the file."""
    ordered = sorted(definitions, key=lambda each: (each.file, _KEYWORDS.index(each.keyword), each.line))
    tables = [_table(file, list(group)) for file, group in groupby(ordered, key=lambda each: each.file)]
    return "\n".join([_HEAD, *tables])


def _table(file: str, definitions: list[Definition]) -> str:
    rows = [
        f"| {'any' if each.keyword == 'Step' else each.keyword} | `{_cell(each.pattern)}` | {_cell(each.promise)} |\n"
        for each in definitions
    ]
    return f"## {_concept(file)}\n\n| | Sentence | What it does |\n|---|---|---|\n{''.join(rows)}"


def _concept(file: str) -> str:
    return PurePath(file).stem.removesuffix("_steps").replace("_", " ").capitalize()


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
