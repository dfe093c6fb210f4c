"""The ledger of charges: what was asked of the bank, and what came of it, each change in one short transaction.

No transaction is open while the bank is asked. Instead a charge counts in ``asking`` the requests whose outcome is not
known: one is added, for all to see, before the bank is asked. It is taken back only where the bank surely did nothing;
the bank's verdict settles them all. So what a killed process asked for stays in doubt until somebody asks again.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.money import Money, Price
from demo.storefront.platform.problems import Problem, unconfirmed

from .events import moved
from .schemas import Charge
from .tables import CHARGE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from demo.storefront.platform.outbox import Outbox
    from demo.storefront.platform.shops import ShopProfile

    from .bank import Verdict
    from .schemas import NewCharge

T = TypeVar("T")
P = ParamSpec("P")
KEY = [CHARGE.c.shop, CHARGE.c.charge_id]
STATUS = {"succeeded": "charged", "declined": "declined", "cancelled": "voided"}


class Ledger:
    """Keeps the charges of all shops."""

    def __init__(self, outbox: Outbox) -> None:
        """Tell of money that was taken through ``outbox``, in the transaction that stores it."""
        self._outbox = outbox

    def read(self, shop: str, charge_id: str) -> sa.RowMapping:
        """Return a charge; raise a 404 problem where there is none."""
        with self._outbox.transaction() as connection:
            return find(connection, shop, charge_id)

    def begin(self, profile: ShopProfile, charge_id: str, wanted: NewCharge) -> sa.RowMapping:
        """Note that the bank is going to be asked, unless the outcome is known; return the charge.

        Raise a 422 problem where the charge was begun with another body.
        """
        money = wanted.amount.money
        asked = {"card": wanted.card, "amount_minor": money.minor, "currency": money.currency}
        row = {"shop": profile.shop, "charge_id": charge_id, "status": "pending", "began_at": profile.now()}
        still_open = CHARGE.c.status == "pending", CHARGE.c.voided_at.is_(None)
        same = (CHARGE.c[name] == value for name, value in asked.items())
        begin = insert(CHARGE).values(row | asked | {"asking": 1})
        again = begin.on_conflict_do_update(
            index_elements=KEY, set_={"asking": CHARGE.c.asking + 1}, where=sa.and_(*still_open, *same)
        )
        with self._outbox.transaction() as connection:
            if (begun := connection.execute(again.returning(CHARGE)).mappings().one_or_none()) is not None:
                return begun
            return _same(find(connection, profile.shop, charge_id), asked)

    def withdraw(self, shop: str, charge_id: str) -> sa.RowMapping | None:
        """Note that one request surely came to nothing; return the charge where there is more to it than that."""
        this = CHARGE.c.shop == shop, CHARGE.c.charge_id == charge_id, CHARGE.c.status == "pending"
        alone = CHARGE.c.asking == 1, CHARGE.c.voided_at.is_(None)
        with self._outbox.transaction() as connection:
            if connection.execute(sa.delete(CHARGE).where(*this, *alone)).rowcount:
                return None
            connection.execute(sa.update(CHARGE).where(*this).values(asking=CHARGE.c.asking - 1))
            return find(connection, shop, charge_id)

    def settle(self, profile: ShopProfile, charge_id: str, verdict: Verdict) -> sa.RowMapping:
        """Store what the bank says, and tell of money that was taken; once, however many heard it."""
        this = CHARGE.c.shop == profile.shop, CHARGE.c.charge_id == charge_id, CHARGE.c.status == "pending"
        outcome = {"status": STATUS[verdict.status], "reason": verdict.reason, "bank_charge": verdict.charge}
        settling = sa.update(CHARGE).where(*this).values(outcome | {"asking": 0})
        with self._outbox.transaction() as connection:
            settled = connection.execute(settling.returning(CHARGE)).mappings().one_or_none()
            if settled is None:
                return find(connection, profile.shop, charge_id)
            if settled["status"] == "charged":
                self._outbox.add(connection, moved("payment.charged", profile, settled, settled["amount_minor"]))
            return settled

    def void(self, profile: ShopProfile, charge_id: str) -> sa.RowMapping:
        """Let no money stay taken from now on: what comes for the first time afterwards is refused."""
        now = profile.now()
        tombstone = {"shop": profile.shop, "charge_id": charge_id, "status": "voided", "began_at": now}
        voiding = insert(CHARGE).values(tombstone | {"voided_at": now})
        earlier = voiding.on_conflict_do_update(
            index_elements=KEY, set_={"voided_at": sa.func.coalesce(CHARGE.c.voided_at, now)}
        )
        with self._outbox.transaction() as connection:
            return connection.execute(earlier.returning(CHARGE)).mappings().one()


def find(connection: sa.Connection, shop: str, charge_id: str) -> sa.RowMapping:
    """Return a charge; raise a 404 problem where there is none."""
    wanted = sa.select(CHARGE).where(CHARGE.c.shop == shop, CHARGE.c.charge_id == charge_id)
    found = connection.execute(wanted).mappings().one_or_none()
    if found is None:
        raise Problem(HTTPStatus.NOT_FOUND, "unknown-charge", f"There is no charge {charge_id!r}.")
    return found


def _same(charge: sa.RowMapping, asked: Mapping[str, object]) -> sa.RowMapping:
    was_asked_before = charge["amount_minor"] is not None
    if was_asked_before and any(charge[name] != value for name, value in asked.items()):
        detail = "This charge was begun with another card or amount. Choose a new id for a new charge."
        raise Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency-key-reused", detail)
    return charge


def answered(charge: sa.RowMapping) -> Charge:
    """Return what is answered for a charge."""
    prices = {}
    for name in ("amount", "refunded"):
        is_known = charge["amount_minor"] is not None
        prices[name] = Price.of(Money(charge[f"{name}_minor"], charge["currency"])) if is_known else None
    return Charge(charge_id=charge["charge_id"], status=charge["status"], reason=charge["reason"], **prices)


async def noted(store: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Store what the bank has done; where that fails, the caller is told that the outcome is not known."""
    try:
        return await asyncio.to_thread(store, *args, **kwargs)
    except sa.exc.SQLAlchemyError as error:
        raise unconfirmed() from error
