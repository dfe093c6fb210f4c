"""The periods that an owner looks at most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode


@dataclass(frozen=True)
class Period:
    """Some days, both ends included."""

    name: str
    first: date
    last: date

    @property
    def query(self) -> str:
        """Return how an address names it."""
        return urlencode({"from": self.first.isoformat(), "to": self.last.isoformat()})


def usual_periods(today: date) -> list[Period]:
    """Return the periods that end today, and yesterday."""
    yesterday = today - timedelta(days=1)
    return [
        Period("Today", today, today),
        Period("Yesterday", yesterday, yesterday),
        Period("Last 7 days", today - timedelta(days=6), today),
        Period("This month", today.replace(day=1), today),
    ]
