"""What a basket holds, as features write it and as customers see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .money import Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..context import Row, Table


@dataclass(frozen=True, slots=True)
class BasketLine:
    """So many pieces of a product, worth that much now; `before` is what a piece cost when it was put in, if not so."""

    product: str
    pieces: int
    worth: Money
    before: Money | None = None

    def __str__(self) -> str:
        was = f" ({self.before} a piece before)" if self.before else ""
        return f"{self.pieces} {self.product} worth {self.worth}{was}"


def read_lines(table: Table) -> list[BasketLine]:
    """The lines of a table (columns: product, pieces, worth, and "a piece cost before" where it matters)."""
    return [_line(row) for row in table]


def told(lines: Iterable[BasketLine]) -> str:
    """The lines in words, for a message."""
    return ", ".join(str(line) for line in lines) or "nothing"


def _line(row: Row) -> BasketLine:
    cells = row.as_dict()
    before = cells.get("a piece cost before")
    return BasketLine(
        cells["product"], int(cells["pieces"]), Money.read(cells["worth"]), Money.read(before) if before else None
    )
