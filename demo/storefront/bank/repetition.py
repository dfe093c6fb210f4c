"""Idempotency keys: a merchant's key stands for one request, for good; the database sees to it."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel


def fingerprint(asked: BaseModel) -> str:
    """Return by what a repetition of the same request is known."""
    return hashlib.sha256(asked.model_dump_json().encode()).hexdigest()


def find(connection: sa.Connection, table: sa.Table, merchant: str, key: str) -> sa.RowMapping | None:
    """Return what was stored for a key."""
    stored = sa.select(table).where(table.c.shop == merchant, table.c.idempotency_key == key)
    return connection.execute(stored).mappings().one_or_none()


def store_once(connection: sa.Connection, table: sa.Table, row: Mapping[str, object]) -> tuple[sa.RowMapping, bool]:
    """Store a row unless its key is taken; return what is stored, and whether it is the new one.

    Simultaneous requests with one key wait here for the first, and see what it stored.
    """
    constraint = next(item for item in table.constraints if isinstance(item, sa.UniqueConstraint))
    storing = insert(table).values(row).on_conflict_do_nothing(constraint=constraint)
    is_new = connection.execute(storing.returning(table.c.shop)).one_or_none() is not None
    stored = find(connection, table, str(row["shop"]), str(row["idempotency_key"]))
    assert stored is not None  # rows are never removed
    return stored, is_new


def same_request(stored: sa.RowMapping, asked: BaseModel) -> None:
    """Raise a 422 problem where the key stands for another request."""
    if stored["fingerprint"] != fingerprint(asked):
        detail = "This idempotency key was used for another request. Choose a new key for a new request."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency-key-reused", detail)
