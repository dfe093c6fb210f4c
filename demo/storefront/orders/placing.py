"""Placing an order: once for each idempotency key, in one transaction with its history and its event."""

from __future__ import annotations

import hashlib
import uuid
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.events import Event
from demo.storefront.platform.problems import Problem

from .pricing import PricedLine, price_lines, total_of
from .rules import order_number
from .schemas import Customer, Line, NewOrder, Order, Price
from .tables import COUNTER, HISTORY, LINE, ORDER, SUBMISSION

if TYPE_CHECKING:
    from demo.storefront.platform.outbox import Outbox

log = structlog.get_logger()


class Placing:
    """Places orders."""

    def __init__(self, outbox: Outbox) -> None:
        """Tell of new orders through ``outbox``, in the transaction that stores them."""
        self._outbox = outbox

    def place(self, shop: str, customer: Customer, key: str, wanted: NewOrder) -> tuple[Order, bool]:
        """Place an order; the second value tells whether it is the answer to an earlier submission."""
        with self._outbox.transaction() as connection:
            earlier = _claim(connection, shop, customer, key, wanted)
            if earlier is not None:
                log.info("order.replayed", number=earlier.number)
                return earlier, True
            order = _store(connection, shop, customer, wanted)
            _keep_answer(connection, shop, customer, key, order)
            self._outbox.add(connection, _placed(shop, customer, order))
        log.info("order.placed", order=order.order_id, number=order.number)
        return order, False


def _claim(connection: sa.Connection, shop: str, customer: Customer, key: str, wanted: NewOrder) -> Order | None:
    """Claim the key; where it is taken, wait until its owner is done and return that answer."""
    fingerprint = hashlib.sha256(wanted.model_dump_json().encode()).hexdigest()
    owner = {"shop": shop, "customer_id": customer.customer_id, "idempotency_key": key}
    claim = insert(SUBMISSION).values(**owner, fingerprint=fingerprint).on_conflict_do_nothing()
    if connection.execute(claim.returning(SUBMISSION.c.shop)).scalar_one_or_none() is not None:
        return None
    row = connection.execute(sa.select(SUBMISSION).filter_by(**owner)).mappings().one()
    if row["fingerprint"] != fingerprint:
        detail = "This idempotency key was used for another order."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency-key-reused", detail)
    return Order.model_validate(row["answer"])


def _keep_answer(connection: sa.Connection, shop: str, customer: Customer, key: str, order: Order) -> None:
    owner = {"shop": shop, "customer_id": customer.customer_id, "idempotency_key": key}
    connection.execute(sa.update(SUBMISSION).filter_by(**owner).values(answer=order.model_dump(mode="json")))


def _store(connection: sa.Connection, shop: str, customer: Customer, wanted: NewOrder) -> Order:
    lines = price_lines(connection, shop, wanted.lines)
    total, now, order_id = total_of(lines), datetime.now(UTC), str(uuid.uuid4())
    order = Order(
        order_id=order_id,
        number=_next_number(connection, shop),
        status="placed",
        lines=[answered(line) for line in lines],
        total=Price.of(total),
        placed_at=now,
    )
    row = {**order.model_dump(include={"order_id", "number", "status", "placed_at"}), "shop": shop}
    row |= {"customer_id": customer.customer_id, "total_minor": total.minor, "currency": total.currency}
    connection.execute(sa.insert(ORDER), row)
    connection.execute(sa.insert(LINE), [_line_row(shop, order_id, *item) for item in enumerate(lines, 1)])
    connection.execute(sa.insert(HISTORY), {"shop": shop, "order_id": order_id, "status": "placed", "at": now})
    return order


def _next_number(connection: sa.Connection, shop: str) -> str:
    """Count up; the row stays locked until the order is stored, so that no number is lost or given twice."""
    first = insert(COUNTER).values(shop=shop, last_number=1)
    count = first.on_conflict_do_update(
        index_elements=[COUNTER.c.shop], set_={"last_number": COUNTER.c.last_number + 1}
    )
    return order_number(connection.execute(count.returning(COUNTER.c.last_number)).scalar_one())


def _line_row(shop: str, order_id: str, position: int, line: PricedLine) -> dict[str, object]:
    return {
        "shop": shop,
        "order_id": order_id,
        "position": position,
        "sku": line.sku,
        "name": line.name,
        "quantity": line.quantity,
        "unit_price_minor": line.unit_price.minor,
    }


def answered(line: PricedLine) -> Line:
    """Return what is answered for a line."""
    return Line(
        sku=line.sku,
        name=line.name,
        quantity=line.quantity,
        unit_price=Price.of(line.unit_price),
        line_total=Price.of(line.total),
    )


def _placed(shop: str, customer: Customer, order: Order) -> Event:
    data = order.model_dump(mode="json", exclude={"status"})
    data |= {
        "customer_id": customer.customer_id,
        "customer_name": customer.name,
        "customer_email": customer.email,
    }
    return Event.now(type="order.placed", source="/storefront/orders", shop=shop, subject=order.order_id, data=data)
