"""The lines of reservations: names and prices as they were at the moment of reserving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from demo.storefront.platform.money import Money, Price

from .rules import total_of
from .schemas import Line, Reservation
from .tables import LINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .rules import Wanted
    from .stock import Rows


def store_lines(
    connection: sa.Connection, shop: str, reservation_id: str, wanted: Sequence[Wanted], stock: Rows
) -> None:
    """Store what is reserved, with the names and prices that its products have now."""
    rows = [
        {"shop": shop, "reservation_id": reservation_id, "position": position, "quantity": line.quantity}
        | {"sku": line.sku, "name": stock[line.sku]["name"]}
        | {"unit_price_minor": stock[line.sku]["price_minor"], "currency": stock[line.sku]["currency"]}
        for position, line in enumerate(wanted, 1)
    ]
    connection.execute(sa.insert(LINE), rows)


def read_reservation(connection: sa.Connection, row: sa.RowMapping | Mapping[str, Any]) -> Reservation:
    """Return the reservation of a row; raise a 422 problem where its products are not of one currency."""
    which = sa.select(LINE).filter_by(shop=row["shop"], reservation_id=row["reservation_id"])
    lines = connection.execute(which.order_by(LINE.c.position)).mappings().all()
    return Reservation(
        reservation_id=row["reservation_id"],
        status=row["status"],
        expires_at=row["expires_at"],
        lines=[_line(line) for line in lines],
        total=Price.of(total_of([_unit_price(line) * line["quantity"] for line in lines])),
    )


def _line(row: sa.RowMapping) -> Line:
    return Line(
        sku=row["sku"],
        name=row["name"],
        quantity=row["quantity"],
        unit_price=Price.of(_unit_price(row)),
        line_total=Price.of(_unit_price(row) * row["quantity"]),
    )


def _unit_price(row: sa.RowMapping) -> Money:
    return Money(row["unit_price_minor"], row["currency"])
