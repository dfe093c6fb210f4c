"""Refunds: money is returned once for each idempotency key, and never more than was taken."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa

from demo.storefront.platform.problems import FieldError, Problem, invalid

from .repetition import fingerprint, same_request, store_once
from .schemas import Refund
from .tables import CHARGE, REFUND

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database

    from .schemas import NewRefund


class Refunding:
    """Keeps the refunds of all merchants."""

    def __init__(self, database: Database) -> None:
        """Keep refunds in ``database``."""
        self._database = database

    def refund(self, asked: NewRefund, key: str) -> tuple[Refund, bool]:
        """Return money; the second value tells whether it happened just now."""
        with self._database.transaction() as connection:
            charge = _locked_charge(connection, asked)
            stored, is_new = store_once(connection, REFUND, _row(asked, key))
            same_request(stored, asked)
            _not_more_than_was_taken(connection, charge)
        return Refund(refund=stored["refund"], charge=stored["charge"]), is_new


def _row(asked: NewRefund, key: str) -> dict[str, object]:
    money = asked.amount.money
    return {
        "shop": asked.merchant,
        "refund": f"re_{uuid.uuid4().hex}",
        "charge": asked.charge,
        "idempotency_key": key,
        "fingerprint": fingerprint(asked),
        "amount_minor": money.minor,
        "currency": money.currency,
    }


def _locked_charge(connection: sa.Connection, asked: NewRefund) -> sa.RowMapping:
    """Return the charge; refunds of one charge take turns from here on."""
    wanted = sa.select(CHARGE).filter_by(shop=asked.merchant, charge=asked.charge, status="succeeded")
    charge = connection.execute(wanted.with_for_update()).mappings().one_or_none()
    if charge is None:
        raise invalid([FieldError(detail="This merchant took no such charge.", pointer="#/charge")])
    if charge["currency"] != asked.amount.currency:
        detail = f"The charge was made in {charge['currency']}."
        raise invalid([FieldError(detail=detail, pointer="#/amount/currency")])
    return charge


def _not_more_than_was_taken(connection: sa.Connection, charge: sa.RowMapping) -> None:
    """Undo a refund that would return more than was taken."""
    refunds = sa.select(sa.func.sum(REFUND.c.amount_minor)).filter_by(shop=charge["shop"], charge=charge["charge"])
    if connection.execute(refunds).scalar_one() > charge["amount_minor"]:
        detail = "This is more than what is left of the charge. Nothing was refunded."
        raise Problem(HTTPStatus.CONFLICT, "refund-exceeds-charge", detail)
