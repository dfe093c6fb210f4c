"""Charges: money is taken once for each idempotency key, or never where the key was cancelled before."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING

from demo.storefront.platform.problems import Problem

from .repetition import find, fingerprint, same_request, store_once
from .sandbox import behaviour_of
from .schemas import Charge
from .tables import CHARGE

if TYPE_CHECKING:
    import sqlalchemy as sa

    from demo.storefront.platform.database import Database

    from .schemas import Cancellation, NewCharge


class Charging:
    """Keeps the charges of all merchants."""

    def __init__(self, database: Database) -> None:
        """Keep charges in ``database``."""
        self._database = database

    def earlier(self, merchant: str, key: str) -> Charge | None:
        """Return what became of the charge of a key."""
        with self._database.transaction() as connection:
            row = find(connection, CHARGE, merchant, key)
        return None if row is None else _charge(row)

    def repeated(self, asked: NewCharge, key: str) -> Charge | None:
        """Return what became of the same request before; raise a problem where the key stands for another one."""
        with self._database.transaction() as connection:
            row = find(connection, CHARGE, asked.merchant, key)
        return None if row is None else _answer(row, asked)

    def charge(self, asked: NewCharge, key: str, number: str) -> tuple[Charge, bool]:
        """Charge the card of that number; the second value tells whether it happened just now."""
        reason, money = behaviour_of(number).reason, asked.amount.money
        row = _new_row(asked.merchant, key, "declined" if reason else "succeeded") | {
            "fingerprint": fingerprint(asked),
            "card": asked.card,
            "amount_minor": money.minor,
            "currency": money.currency,
            "reason": reason,
        }
        with self._database.transaction() as connection:
            stored, is_new = store_once(connection, CHARGE, row)
        return _answer(stored, asked), is_new

    def cancel(self, asked: Cancellation) -> Charge:
        """Make sure that no charge is made with a key from now on; return the one that was made before, if any."""
        row = _new_row(asked.merchant, asked.key, "cancelled") | {"fingerprint": "", "amount_minor": 0}
        with self._database.transaction() as connection:
            stored, _is_new = store_once(connection, CHARGE, row)
        return _charge(stored)


def _new_row(merchant: str, key: str, status: str) -> dict[str, object]:
    return {"shop": merchant, "charge": f"ch_{uuid.uuid4().hex}", "idempotency_key": key, "status": status}


def _answer(row: sa.RowMapping, asked: NewCharge) -> Charge:
    if row["status"] == "cancelled":
        detail = "The charge of this idempotency key was cancelled before it was made. Nothing was charged."
        raise Problem(HTTPStatus.CONFLICT, "charge-cancelled", detail)
    same_request(row, asked)
    return _charge(row)


def _charge(row: sa.RowMapping) -> Charge:
    return Charge(charge=row["charge"], status=row["status"], reason=row["reason"])
