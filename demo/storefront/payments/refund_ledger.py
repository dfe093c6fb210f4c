"""The ledger of refunds: each is reserved before the bank is asked, so that together they never exceed their charge.

A reservation stays until the bank has paid: whoever asked repeats the refund with the same id, or voids the charge.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa

from demo.storefront.platform.problems import FieldError, Problem, invalid

from .events import moved
from .ledger import find
from .tables import CHARGE, REFUND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from demo.storefront.platform.money import Money
    from demo.storefront.platform.outbox import Outbox
    from demo.storefront.platform.shops import ShopProfile

REST = "~rest"  # the refund of a void; no caller can give this name


class RefundLedger:
    """Keeps the refunds of all shops."""

    def __init__(self, outbox: Outbox) -> None:
        """Tell of money that was returned through ``outbox``, in the transaction that stores it."""
        self._outbox = outbox

    def reserve(self, profile: ShopProfile, charge_id: str, refund_id: str, money: Money) -> sa.RowMapping:
        """Reserve a refund unless it is known already; raise a problem where the charge has not that much left."""
        with self._outbox.transaction() as connection:
            charge = _locked(connection, profile.shop, charge_id)
            for refund in _refunds(connection, charge):
                if refund["refund_id"] == refund_id:
                    return _same(refund, charge, money)
            _check(connection, charge, money)
            return _insert(connection, profile, charge_id, refund_id, money.minor)

    def reserve_rest(self, profile: ShopProfile, charge_id: str) -> Sequence[sa.RowMapping]:
        """Reserve all that is left of a charge; return the refunds that are still to be paid."""
        with self._outbox.transaction() as connection:
            charge = _locked(connection, profile.shop, charge_id)
            if left := _left(connection, charge):
                _insert(connection, profile, charge_id, REST, left)
            return [refund for refund in _refunds(connection, charge) if refund["status"] == "pending"]

    def complete(self, profile: ShopProfile, refund: sa.RowMapping) -> None:
        """Note that the bank has paid, and tell of it; once, however many heard it."""
        this = {name: refund[name] for name in ("shop", "charge_id", "refund_id")}
        paid = sa.update(REFUND).filter_by(**this, status="pending").values(status="refunded")
        with self._outbox.transaction() as connection:
            charge = _locked(connection, profile.shop, refund["charge_id"])
            if connection.execute(paid).rowcount:
                _add_to_charge(connection, charge, refund["amount_minor"])
                self._outbox.add(connection, moved("payment.refunded", profile, charge, refund["amount_minor"]))


def _locked(connection: sa.Connection, shop: str, charge_id: str) -> sa.RowMapping:
    """Return a charge; changes of its refunds take turns from here on."""
    find(connection, shop, charge_id)
    wanted = sa.select(CHARGE).where(CHARGE.c.shop == shop, CHARGE.c.charge_id == charge_id)
    return connection.execute(wanted.with_for_update()).mappings().one()


def _refunds(connection: sa.Connection, charge: sa.RowMapping) -> Sequence[sa.RowMapping]:
    refunds = sa.select(REFUND).filter_by(shop=charge["shop"], charge_id=charge["charge_id"])
    return connection.execute(refunds.order_by(REFUND.c.asked_at)).mappings().all()


def _left(connection: sa.Connection, charge: sa.RowMapping) -> int:
    """Return what is neither returned nor reserved to be."""
    reserved = sum(refund["amount_minor"] for refund in _refunds(connection, charge))
    return int(charge["amount_minor"]) - reserved if charge["status"] == "charged" else 0


def _same(refund: sa.RowMapping, charge: sa.RowMapping, money: Money) -> sa.RowMapping:
    if (refund["amount_minor"], charge["currency"]) != (money.minor, money.currency):
        detail = "This refund was begun with another amount. Choose a new id for a new refund."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency-key-reused", detail)
    return refund


def _check(connection: sa.Connection, charge: sa.RowMapping, money: Money) -> None:
    if charge["currency"] not in {None, money.currency}:
        detail = f"The charge was made in {charge['currency']}."
        raise invalid([FieldError(detail=detail, pointer="#/amount/currency")])
    if money.minor > _left(connection, charge):
        detail = "This is more than what is left of the charge. Nothing was refunded."
        raise Problem(HTTPStatus.CONFLICT, "refund-exceeds-charge", detail)


def _insert(
    connection: sa.Connection, profile: ShopProfile, charge_id: str, refund_id: str, minor: int
) -> sa.RowMapping:
    row = {"shop": profile.shop, "charge_id": charge_id, "refund_id": refund_id, "amount_minor": minor}
    reserving = sa.insert(REFUND).values(row | {"status": "pending", "asked_at": profile.now()})
    return connection.execute(reserving.returning(REFUND)).mappings().one()


def _add_to_charge(connection: sa.Connection, charge: sa.RowMapping, minor: int) -> None:
    refunded = charge["refunded_minor"] + minor
    status = "refunded" if refunded == charge["amount_minor"] else "charged"
    this = CHARGE.c.shop == charge["shop"], CHARGE.c.charge_id == charge["charge_id"]
    connection.execute(sa.update(CHARGE).where(*this).values(refunded_minor=refunded, status=status))
