"""Reading orders: a customer sees her own and no other."""

from __future__ import annotations

from collections import defaultdict
from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa

from demo.storefront.platform.money import Money
from demo.storefront.platform.problems import Problem

from .placing import answered
from .pricing import PricedLine
from .schemas import Line, Order, Price
from .tables import LINE, ORDER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demo.storefront.platform.database import Database


class Reading:
    """Finds orders."""

    def __init__(self, database: Database) -> None:
        """Read from ``database``."""
        self._database = database

    def orders(self, shop: str, customer_id: str) -> list[Order]:
        """Return a customer's orders, newest first."""
        mine = sa.select(ORDER).where(ORDER.c.shop == shop, ORDER.c.customer_id == customer_id)
        with self._database.transaction() as connection:
            newest_first = mine.order_by(ORDER.c.placed_at.desc(), ORDER.c.number.desc())
            return _with_lines(connection, shop, connection.execute(newest_first).mappings().all())

    def order(self, shop: str, customer_id: str, order_id: str) -> Order:
        """Return one order; raise a 404 problem where the customer has no such order."""
        mine = sa.select(ORDER).where(ORDER.c.shop == shop, ORDER.c.customer_id == customer_id)
        with self._database.transaction() as connection:
            rows = connection.execute(mine.where(ORDER.c.order_id == order_id)).mappings().all()
            if not rows:
                raise Problem(HTTPStatus.NOT_FOUND, "unknown-order", "You have no such order.")
            return _with_lines(connection, shop, rows)[0]


def _with_lines(connection: sa.Connection, shop: str, orders: Sequence[sa.RowMapping]) -> list[Order]:
    wanted = sa.select(LINE).where(LINE.c.shop == shop, LINE.c.order_id.in_([row["order_id"] for row in orders]))
    lines: dict[str, list[sa.RowMapping]] = defaultdict(list)
    for line in connection.execute(wanted.order_by(LINE.c.position)).mappings():
        lines[line["order_id"]].append(line)
    return [_order(row, lines[row["order_id"]]) for row in orders]


def _order(row: sa.RowMapping, lines: Sequence[sa.RowMapping]) -> Order:
    return Order(
        order_id=row["order_id"],
        number=row["number"],
        status=row["status"],
        lines=[_line(line, row["currency"]) for line in lines],
        total=Price.of(Money(row["total_minor"], row["currency"])),
        placed_at=row["placed_at"],
    )


def _line(row: sa.RowMapping, currency: str) -> Line:
    return answered(PricedLine(row["sku"], row["name"], row["quantity"], Money(row["unit_price_minor"], currency)))
