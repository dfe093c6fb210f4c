"""The sales of a shop, added up by the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from .rules import COUNTED, Sums, totals
from .schemas import Day, Sales, Totals
from .tables import ENTRY

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database
    from demo.storefront.platform.shops import ShopProfile

    from .rules import Period


class SalesReports:
    """Makes reports."""

    def __init__(self, database: Database) -> None:
        """Read the entries from ``database``."""
        self._database = database

    def report(self, shop: ShopProfile, period: Period) -> Sales:
        """Return the sales of each day of a period, and of all of it."""
        with self._database.transaction() as connection:
            rows = connection.execute(_by_day(shop, period)).mappings().all()
        days = [(row["day"], _sums(row)) for row in rows]
        return Sales(
            shop=shop.shop,
            time_zone=shop.time_zone,
            first=period.first,
            last=period.last,
            days=[Day.of(sums, day=day) for day, sums in days],
            totals=[Totals.of(sums) for sums in totals(sums for _day, sums in days)],
        )


def _by_day(shop: ShopProfile, period: Period) -> sa.Select[tuple[Any, ...]]:
    """Return the query of sums by day and currency; a day has 23 or 25 hours where the shop's clocks change."""
    day = sa.cast(sa.func.timezone(shop.time_zone, ENTRY.c.at), sa.Date)
    sale, cancellation, refund = (ENTRY.c.kind == kind for kind in ("sale", "cancellation", "refund"))
    return (
        sa.select(
            day.label("day"),
            ENTRY.c.currency,
            _count(sale).label("orders"),
            _sum(sale).label("gross"),
            _count(cancellation).label("cancelled_orders"),
            _sum(cancellation).label("cancelled"),
            _count(refund).label("refunded_orders"),
            _sum(refund).label("refunded"),
        )
        .where(ENTRY.c.shop == shop.shop, day.between(period.first, period.last), _near(period))
        .group_by(day, ENTRY.c.currency)
        .order_by(day, ENTRY.c.currency)
    )


def _near(period: Period) -> sa.ColumnElement[bool]:
    """Let the index find what the days are chosen from: no time zone is more than a day away from another."""
    first, last = (sa.cast(day, sa.Date) for day in (period.first, period.last))
    return sa.and_(ENTRY.c.at >= first - 2, ENTRY.c.at < last + 3)


def _count(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.count().filter(which)


def _sum(which: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(ENTRY.c.amount_minor).filter(which), 0)


def _sums(row: sa.RowMapping) -> Sums:
    return Sums(currency=row["currency"], **{name: int(row[name]) for name in COUNTED})
