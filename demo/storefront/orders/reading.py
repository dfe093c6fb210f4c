"""Reading orders: a customer sees her own, the staff those of their shop."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa

from demo.storefront.platform.problems import FieldError, Problem, invalid

from .rules import NO_PAGE
from .schemas import Order, Page
from .stored import load
from .tables import ORDER

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database

# Who was told that nothing was ordered finds no such order; nor is one shown before its prices are known.
SHOWN = sa.and_(ORDER.c.total_minor.is_not(None), ORDER.c.status != "rejected", ORDER.c.reason.is_(None))


class Reading:
    """Finds orders; without a customer, those of all."""

    def __init__(self, database: Database) -> None:
        """Read from ``database``."""
        self._database = database

    def page(self, shop: str, customer_id: str | None, limit: int, after: str | None = None) -> Page:
        """Return the newest orders, or those that follow the order ``after``; rejected ones are left out."""
        query = sa.select(ORDER).where(SHOWN, _belongs_to(customer_id)).order_by(ORDER.c.position.desc())
        with self._database.transaction() as connection:
            if after is not None:
                query = query.where(ORDER.c.position < _position(connection, shop, customer_id, after))
            found = load(connection, shop, query.limit(limit + 1))
        items = [Order.of(order) for order in found[:limit]]
        return Page(items=items, next=items[-1].order_id if len(found) > limit else None)

    def order(self, shop: str, customer_id: str | None, order_id: str) -> Order:
        """Return one order, rejected or not; raise a 404 problem where there is none."""
        query = sa.select(ORDER).where(ORDER.c.order_id == order_id, ORDER.c.total_minor.is_not(None))
        with self._database.transaction() as connection:
            found = load(connection, shop, query.where(_belongs_to(customer_id)))
        if not found:
            raise unknown_order()
        return Order.of(found[0])


def unknown_order() -> Problem:
    """Return the problem of an order that is not there, or not for this account."""
    return Problem(HTTPStatus.NOT_FOUND, "unknown-order", "You have no such order.")


def _belongs_to(customer_id: str | None) -> sa.ColumnElement[bool]:
    return sa.true() if customer_id is None else ORDER.c.customer_id == customer_id


def _position(connection: sa.Connection, shop: str, customer_id: str | None, order_id: str) -> int:
    query = sa.select(ORDER.c.position).where(ORDER.c.shop == shop, ORDER.c.order_id == order_id)
    position = connection.execute(query.where(_belongs_to(customer_id))).scalar_one_or_none()
    if position is None:
        raise invalid([FieldError(detail=NO_PAGE, pointer="#/query/after")])
    return int(position)
