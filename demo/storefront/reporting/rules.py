"""Which days a report may have, and how its sums are made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from demo.storefront.platform.problems import FieldError, invalid

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_DAYS = 366
COUNTED = ("orders", "gross", "cancelled_orders", "cancelled", "refunded_orders", "refunded")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date | None, last: date | None, today: date) -> Self:
        """Return the period that was asked for; a day that is not said is the last one, and that is today.

        Raise a 422 problem where it has no days, or too many.
        """
        last = last or (today if first is None else max(first, today))
        first = first or last
        days = (last - first).days + 1
        detail = ""
        if days < 1:
            detail = f"The last day is before the first. Choose {first.day} {first:%B %Y} or later."
        if days > MOST_DAYS:
            detail = f"These are {days} days. Choose at most {MOST_DAYS}."
        if detail:
            raise invalid([FieldError(detail=detail, pointer="#/query/to")])
        return cls(first, last)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """What was sold and taken back in one currency, in minor units."""

    currency: str
    orders: int
    gross: int
    cancelled_orders: int
    cancelled: int
    refunded_orders: int
    refunded: int

    @property
    def net(self) -> int:
        """Return what the shop keeps; less than nothing on a day that only gives back."""
        return self.gross - self.cancelled - self.refunded

    def __add__(self, other: Sums) -> Sums:
        """Return both together; they must be of one currency."""
        if self.currency != other.currency:
            msg = f"cannot add {self.currency} and {other.currency}"
            raise ValueError(msg)
        return Sums(currency=self.currency, **{name: getattr(self, name) + getattr(other, name) for name in COUNTED})


def good_day(text: object) -> date | None:
    """Return a day that was written like 2026-03-01; nothing written is none."""
    if text is None or text == "":
        return None
    if isinstance(text, str) and _DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # the calendar has no such day
    msg = f"{text!r} is no day. Write it like 2026-03-01."
    raise ValueError(msg)


def totals(days: Iterable[Sums]) -> list[Sums]:
    """Return the sums of all days, by currency."""
    sums: dict[str, Sums] = {}
    for day in days:
        sums[day.currency] = sums[day.currency] + day if day.currency in sums else day
    return [sums[currency] for currency in sorted(sums)]
