"""Reports as CSV (RFC 4180), to be opened in a spreadsheet: no cell holds a text that somebody wrote."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .schemas import Day, Sales

MEDIA_TYPE = "text/csv; charset=utf-8"
COLUMNS = (
    "day",
    "currency",
    "orders",
    "gross",
    "cancelled_orders",
    "cancelled",
    "refunded_orders",
    "refunded",
    "net",
)


def to_csv(sales: Sales) -> str:
    """Return a line for each day and currency, below the names of the columns."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows(_cells(day) for day in sales.days)
    return text.getvalue()


def file_name(sales: Sales) -> str:
    """Return the name under which a report is saved."""
    return f"sales-{sales.shop}-{sales.first}-{sales.last}.csv"


def _cells(day: Day) -> list[str | int]:
    return [
        day.day.isoformat(),
        day.currency,
        day.orders,
        day.gross.amount,
        day.cancelled_orders,
        day.cancelled.amount,
        day.refunded_orders,
        day.refunded.amount,
        day.net.amount,
    ]
