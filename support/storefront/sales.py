"""What a shop has sold, day by day, as features write it and as its owner sees it."""

from __future__ import annotations

import csv
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from ..core import Note
from .money import Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ..context import Table

DAY: Final = r"\d{1,2} [A-Z][a-z]+ \d{4}"
DAYS: Final = rf"of {DAY}|from {DAY} to {DAY}"

THE_DAYS = Note["Days"]("whose sales somebody has asked for")

_COLUMNS: Final = ("orders", "sold", "cancelled", "refunded", "remains")


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included."""

    first: date
    last: date

    def __str__(self) -> str:
        return f"of {self.first}" if self.first == self.last else f"from {self.first} to {self.last}"

    def as_query(self) -> str:
        """The days as the reporting desk is asked for them."""
        return f"from={self.first}&to={self.last}"


@dataclass(frozen=True, slots=True)
class DaySales:
    """One day: how many orders were placed, what they were worth, and what went back on it."""

    day: date
    orders: int
    sold: Money
    cancelled: Money
    refunded: Money
    remains: Money

    @classmethod
    def of(cls, cells: Mapping[str, Any], amount: Callable[[str], Money]) -> DaySales:
        """One day as the reporting desk writes it; `amount` reads the sum of that name."""
        sums = (amount(name) for name in ("gross", "cancelled", "refunded", "net"))
        return cls(date.fromisoformat(str(cells["day"])), int(cells["orders"]), *sums)

    def __str__(self) -> str:
        values = (getattr(self, each.name) for each in fields(self)[1:])
        shown = ", ".join(f"{name} {value}" for name, value in zip(_COLUMNS, values, strict=True))
        return f"{self.day}: {shown}"


def read_day(text: str) -> date:
    """Read "1 March 2026"."""
    return datetime.strptime(text, "%d %B %Y").date()  # noqa: DTZ007 - a day of the calendar


def read_days(text: str) -> Days:
    """Read "of 1 March 2026" or "from 1 March 2026 to 7 March 2026"."""
    first, _, last = text.removeprefix("of ").removeprefix("from ").partition(" to ")
    return Days(read_day(first), read_day(last or first))


def read_sales(table: Table) -> list[DaySales]:
    """The days of a table (columns: day, orders, sold, cancelled, refunded, remains)."""
    return [
        DaySales(read_day(row["day"]), int(row["orders"]), *(Money.read(row[column]) for column in _COLUMNS[1:]))
        for row in table
    ]


def read_list(text: str) -> list[DaySales]:
    """The days of the list that a bookkeeper gets: comma-separated, amounts without a sign for their currency."""
    return [_listed_day(cells) for cells in csv.DictReader(text.splitlines())]


def _listed_day(cells: Mapping[str, str]) -> DaySales:
    return DaySales.of(cells, lambda name: Money.of({"amount": cells[name], "currency": cells["currency"]}))


def told(sales: Iterable[DaySales]) -> str:
    """The days in words, for a message."""
    return "; ".join(str(day) for day in sales) or "no day"
