"""An order as it is stored, with its lines and its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence  # noqa: TC003 - part of the dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from demo.storefront.platform.money import Money

from .states import Change, Status
from .tables import HISTORY, LINE, ORDER

if TYPE_CHECKING:
    from datetime import datetime


class StoredLine(NamedTuple):
    """So many pieces of one product; name and price are known once they are reserved."""

    sku: str
    quantity: int
    name: str | None = None
    unit_price: Money | None = None


class PricedLine(NamedTuple):
    """So many pieces of one product, with its name and price."""

    sku: str
    quantity: int
    name: str
    unit_price: Money

    @property
    def total(self) -> Money:
        """Return what all the pieces cost."""
        return self.unit_price * self.quantity


@dataclass(frozen=True, kw_only=True)
class StoredOrder:
    """An order; number, total and hold are known as it proceeds."""

    shop: str
    order_id: str
    status: Status
    number: str | None
    reason: str | None
    customer_id: str
    customer_name: str
    customer_email: str
    card: str
    from_basket: bool
    expected: Money | None
    total: Money | None
    placed_at: datetime
    reserved_until: datetime | None
    tries: int
    awaited: bool
    headers: Mapping[str, str]
    lines: Sequence[StoredLine]
    history: Sequence[Change]

    @property
    def priced(self) -> list[PricedLine]:
        """Return the lines whose price is known: all of a reserved order, else none."""
        return [
            PricedLine(line.sku, line.quantity, line.name, line.unit_price)
            for line in self.lines
            if line.name is not None and line.unit_price is not None
        ]


def load(connection: sa.Connection, shop: str, orders: sa.Select[tuple[object, ...]]) -> list[StoredOrder]:
    """Return the orders of a shop that a query of ``ORDER`` finds, in its order."""
    rows = connection.execute(orders.where(ORDER.c.shop == shop)).mappings().all()
    ids = [row["order_id"] for row in rows]
    lines = _belonging(connection, LINE, shop, ids)
    history = _belonging(connection, HISTORY, shop, ids)
    return [_order(row, lines[row["order_id"]], history[row["order_id"]]) for row in rows]


def load_one(connection: sa.Connection, shop: str, order_id: str, *, lock: bool = False) -> StoredOrder | None:
    """Return an order of a shop; with ``lock`` nobody changes it before this transaction ends."""
    query = sa.select(ORDER).where(ORDER.c.order_id == order_id)
    found = load(connection, shop, query.with_for_update() if lock else query)
    return found[0] if found else None


def _belonging(
    connection: sa.Connection, table: sa.Table, shop: str, ids: Sequence[str]
) -> Mapping[str, list[sa.RowMapping]]:
    found: defaultdict[str, list[sa.RowMapping]] = defaultdict(list)
    query = sa.select(table).where(table.c.shop == shop, table.c.order_id.in_(ids)).order_by(table.c.position)
    for row in connection.execute(query).mappings():
        found[row["order_id"]].append(row)
    return found


def _order(row: sa.RowMapping, lines: Sequence[sa.RowMapping], history: Sequence[sa.RowMapping]) -> StoredOrder:
    same = {name: row[name] for name in _AS_STORED}
    return StoredOrder(
        **same,
        status=Status(row["status"]),
        expected=money(row["expected_minor"], row["expected_currency"]),
        total=money(row["total_minor"], row["currency"]),
        lines=[_line(line, row["currency"]) for line in lines],
        history=[Change(Status(change["status"]), change["at"]) for change in history],
    )


_AS_STORED = (
    "shop",
    "order_id",
    "number",
    "reason",
    "customer_id",
    "customer_name",
    "customer_email",
    "card",
    "from_basket",
    "placed_at",
    "reserved_until",
    "tries",
    "awaited",
    "headers",
)


def _line(row: sa.RowMapping, currency: str | None) -> StoredLine:
    return StoredLine(row["sku"], row["quantity"], row["name"], money(row["unit_price_minor"], currency))


def money(minor: int | None, currency: str | None) -> Money | None:
    """Return what two columns say, if they say something."""
    return None if minor is None or currency is None else Money(minor, currency)
