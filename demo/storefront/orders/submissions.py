"""Submissions: each idempotency key of a customer stands for one order and one answer.

The row of a key is claimed in the transaction that stores the order, so that of all simultaneous submissions one
works and the others wait for its answer. A confirmation, a decline or a refusal becomes the key's answer. Where an
outage undoes the order the key is freed: the customer may use it again.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.problems import FieldError, Problem

from .schemas import Order
from .tables import ORDER, SUBMISSION

if TYPE_CHECKING:
    from pydantic import BaseModel

    from .stored import StoredOrder


@dataclass(frozen=True, kw_only=True)
class Key:
    """An idempotency key of a customer, with a digest of what was submitted with it."""

    shop: str
    customer_id: str
    idempotency_key: str
    fingerprint: str

    @property
    def row(self) -> dict[str, str]:
        """Return the columns by which the key's row is found."""
        return {"shop": self.shop, "customer_id": self.customer_id, "idempotency_key": self.idempotency_key}


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What became of a key so far; ``awaited`` tells whether its customer was told to wait for a mail."""

    order_id: str
    answer: Order | Problem | None
    awaited: bool


def fingerprint(body: BaseModel) -> str:
    """Return a digest of what was submitted."""
    return hashlib.sha256(body.model_dump_json(exclude_none=True).encode()).hexdigest()


def claim(connection: sa.Connection, key: Key, order_id: str) -> str | None:
    """Claim a key for an order, or return the order that has it; raise a 422 problem for another body.

    Where another transaction claims the key at this moment, this waits for its end.
    """
    claiming = insert(SUBMISSION).values(**key.row, fingerprint=key.fingerprint, order_id=order_id)
    if connection.execute(claiming.on_conflict_do_nothing().returning(SUBMISSION.c.order_id)).scalar_one_or_none():
        return None
    row = connection.execute(sa.select(SUBMISSION).filter_by(**key.row)).mappings().one_or_none()
    if row is None:  # freed between the two statements
        raise nothing_ordered()
    if row["fingerprint"] != key.fingerprint:
        detail = "This idempotency key was used for another order."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency-key-reused", detail)
    return str(row["order_id"])


def find(connection: sa.Connection, shop: str, order_id: str) -> Submission | None:
    """Return what became of the key that stands for an order; nothing where it was freed."""
    same = sa.and_(ORDER.c.shop == SUBMISSION.c.shop, ORDER.c.order_id == SUBMISSION.c.order_id)
    query = sa.select(SUBMISSION.c.answer, ORDER.c.awaited).join_from(SUBMISSION, ORDER, same)
    query = query.where(SUBMISSION.c.shop == shop, SUBMISSION.c.order_id == order_id)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    answer = row["answer"] and read_answer(row["answer"])
    return Submission(order_id=order_id, answer=answer, awaited=row["awaited"])


def keep(connection: sa.Connection, order: StoredOrder, answer: Order | Problem) -> None:
    """Keep the answer of the key that stands for an order."""
    mine = sa.update(SUBMISSION).filter_by(shop=order.shop, order_id=order.order_id)
    connection.execute(mine.values(answer=write_answer(answer)))


def free(connection: sa.Connection, order: StoredOrder) -> None:
    """Let the key be used again."""
    connection.execute(sa.delete(SUBMISSION).filter_by(shop=order.shop, order_id=order.order_id))


def write_answer(answer: Order | Problem) -> dict[str, Any]:
    """Return an answer as JSON; ``read_answer`` reads it."""
    if isinstance(answer, Order):
        return {"order": answer.model_dump(mode="json")}
    errors = [error.model_dump() for error in answer.errors]
    return {"problem": {"status": answer.status, "kind": answer.kind, "detail": answer.detail, "errors": errors}}


def read_answer(kept: dict[str, Any]) -> Order | Problem:
    """Return what ``write_answer`` wrote."""
    if "order" in kept:
        return Order.model_validate(kept["order"])
    problem = dict(kept["problem"])
    errors = [FieldError.model_validate(error) for error in problem.pop("errors")]
    return Problem(**problem, errors=errors)


def nothing_ordered() -> Problem:
    """Return the problem of an order that an outage undid."""
    detail = "Your order could not be placed just now. Nothing was ordered; try again in a moment."
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", detail, headers={"Retry-After": "1"})
