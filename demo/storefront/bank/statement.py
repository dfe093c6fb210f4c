"""The statement: every movement of a merchant's money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from demo.storefront.platform.money import Money

from .schemas import Movement, Statement
from .tables import CHARGE, REFUND

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database


def statement_of(database: Database, merchant: str) -> Statement:
    """Return all movements of a merchant, the oldest first."""
    taken = _movements(CHARGE, "charge").where(CHARGE.c.shop == merchant, CHARGE.c.status == "succeeded")
    returned = _movements(REFUND, "refund").where(REFUND.c.shop == merchant)
    everything = sa.union_all(taken, returned).order_by("at", "kind")
    with database.transaction() as connection:
        rows = connection.execute(everything).mappings().all()
    return Statement(merchant=merchant, movements=[_movement(row) for row in rows])


def _movements(table: sa.Table, kind: str) -> sa.Select[tuple[object, ...]]:
    return sa.select(
        table.c.made_at.label("at"),
        sa.literal(kind).label("kind"),
        table.c.charge,
        table.c.idempotency_key.label("key"),
        table.c.amount_minor,
        table.c.currency,
    )


def _movement(row: sa.RowMapping) -> Movement:
    sign = "-" if row["kind"] == "refund" else ""
    amount = sign + Money(row["amount_minor"], row["currency"]).amount
    return Movement(**{key: row[key] for key in ("at", "kind", "charge", "key", "currency")}, amount=amount)
