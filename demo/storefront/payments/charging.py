"""Charging: the bank is asked between two transactions, and what each failure means is told exactly."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog

from demo.storefront.platform.problems import Problem, unconfirmed

from .bank import BankUnavailableError
from .ledger import answered, noted

if TYPE_CHECKING:
    import sqlalchemy as sa

    from demo.storefront.platform.shops import ShopProfile

    from .bank import Bank
    from .ledger import Ledger
    from .schemas import Charge, NewCharge

log = structlog.get_logger()


class Charging:
    """Charges cards."""

    def __init__(self, ledger: Ledger, bank: Bank) -> None:
        """Ask ``bank``, and keep in ``ledger`` what comes of it."""
        self._ledger, self._bank = ledger, bank

    async def charge(self, profile: ShopProfile, charge_id: str, wanted: NewCharge) -> Charge:
        """Charge a card once for each id.

        A 503 problem means that this charge surely took nothing. A 500 problem means that this is not known: the same
        request again is safe, and finds out. Simultaneous requests may all ask the bank, which has one key for them.
        """
        charge = await asyncio.to_thread(self._ledger.begin, profile, charge_id, wanted)
        if charge["status"] == "pending" and charge["voided_at"] is None:
            charge = await self._ask(profile, charge_id, wanted)
        return _answer(charge)

    async def _ask(self, profile: ShopProfile, charge_id: str, wanted: NewCharge) -> sa.RowMapping:
        try:
            verdict = await self._bank.charge(profile, charge_id, wanted.card, wanted.amount.money)
        except Problem as problem:
            if isinstance(problem, BankUnavailableError) and problem.may_have_acted:
                log.warning("charge.unconfirmed", charge=charge_id)
                raise
            return await self._withdraw(profile.shop, charge_id, problem)
        charge = await noted(self._ledger.settle, profile, charge_id, verdict)
        log.info("charge.settled", charge=charge_id, status=charge["status"])
        return charge

    async def _withdraw(self, shop: str, charge_id: str, problem: Problem) -> sa.RowMapping:
        """Say that nothing was charged, unless another request for the same charge is in doubt, or was served."""
        charge = await noted(self._ledger.withdraw, shop, charge_id)
        if charge is None:
            raise problem
        if charge["status"] == "pending" and charge["voided_at"] is None:
            raise unconfirmed()
        return charge


def _answer(charge: sa.RowMapping) -> Charge:
    if charge["voided_at"] is not None and charge["status"] != "declined":
        detail = "This charge was voided; it takes no money any more."
        raise Problem(HTTPStatus.CONFLICT, "charge-voided", detail)
    return answered(charge)
