"""Refunding: a part of a charge, all that is left of it, or whatever it may have taken."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from demo.storefront.platform.money import Money, Price

from .ledger import answered, noted
from .schemas import Refund

if TYPE_CHECKING:
    import sqlalchemy as sa

    from demo.storefront.platform.shops import ShopProfile

    from .bank import Bank
    from .ledger import Ledger
    from .refund_ledger import RefundLedger
    from .schemas import Charge, NewRefund

log = structlog.get_logger()


class Refunding:
    """Returns money."""

    def __init__(self, ledger: Ledger, refunds: RefundLedger, bank: Bank) -> None:
        """Ask ``bank``, and keep in the ledgers what comes of it."""
        self._ledger, self._refunds, self._bank = ledger, refunds, bank

    async def refund(self, profile: ShopProfile, charge_id: str, refund_id: str, wanted: NewRefund) -> Refund:
        """Return a part of a charge, or all of it, once for each id."""
        money = wanted.amount.money
        refund = await asyncio.to_thread(self._refunds.reserve, profile, charge_id, refund_id, money)
        if refund["status"] == "pending":
            await self._pay(profile, await asyncio.to_thread(self._ledger.read, profile.shop, charge_id), refund)
        return Refund(refund_id=refund_id, charge_id=charge_id, status="refunded", amount=Price.of(money))

    async def void(self, profile: ShopProfile, charge_id: str) -> Charge:
        """Make sure that a charge keeps no money, whether it came, is under way, or will come.

        From the first step on nothing new is begun. A problem of 500 or 503 means that the rest is not done yet: the
        same request again goes on.
        """
        charge = await asyncio.to_thread(self._ledger.void, profile, charge_id)
        if charge["status"] == "pending":
            verdict = await self._bank.cancel(profile, charge_id)
            charge = await noted(self._ledger.settle, profile, charge_id, verdict)
        if charge["status"] == "charged":
            for refund in await asyncio.to_thread(self._refunds.reserve_rest, profile, charge_id):
                await self._pay(profile, charge, refund)
            charge = await asyncio.to_thread(self._ledger.read, profile.shop, charge_id)
        log.info("charge.voided", charge=charge_id, status=charge["status"])
        return answered(charge)

    async def _pay(self, profile: ShopProfile, charge: sa.RowMapping, refund: sa.RowMapping) -> None:
        money = Money(refund["amount_minor"], charge["currency"])
        name = f"{charge['charge_id']}:{refund['refund_id']}"
        await self._bank.refund(profile, charge["bank_charge"], money, name)
        await noted(self._refunds.complete, profile, refund)
        log.info("charge.refunded", charge=charge["charge_id"], refund=refund["refund_id"])
