"""The saga of an order: reserve, compare the total, charge, confirm the reservation, confirm the order.

The order is stored as pending before anybody is asked, with a lease. What a desk answers decides what the customer is
told:

===================  =====================  ============================  =======================================
step                 done                   refused                       no answer, or an error
===================  =====================  ============================  =======================================
reserve              write down prices      undo: the catalogue's words   undo and free the key: 503
compare the total    go on                  undo: 409 price-changed       -
charge               go on                  undo: 402 payment-declined    surely nothing done: undo and free the
                                                                          key: 503; else 202, charged again later
confirm reservation  confirm the order      undo: 409                     202, asked again later
                                            reservation-expired
confirm the order    201, number, event     -                             500, not known; confirmed later
===================  =====================  ============================  =======================================

To undo is to decide so in the database, then to void the charge and to release the reservation, then to reject the
order. Where no prices are written down no charge was ever tried, and none is voided. Where the worker is killed, the
recoverer finds the order when its lease has ended:

============================  ===================================================================================
killed when the order was     then it is
============================  ===================================================================================
stored, or reserved           reserved (again: the same reservation), charged and confirmed
priced, or charged            charged (again: the same charge) and confirmed
confirmed at the catalogue    charged and confirmed there again, which changes nothing, and confirmed here
confirmed here                done: number, key's answer and event were stored together
to be undone                  undone: what was voided or released already stays so
============================  ===================================================================================

The recoverer takes no outage for an answer: that a second try surely did nothing says nothing of the first. When the
hold has ended by the shop's clock it asks the catalogue before it charges: only what was confirmed in time goes on.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog

from demo.storefront.platform.peers import PeerUnavailableError
from demo.storefront.platform.problems import Problem

from .desk import Deadline, RefusalError
from .rules import is_overdue, price_changed
from .states import OvertakenError
from .stock import reserved_lines
from .submissions import nothing_ordered

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from demo.storefront.platform.shops import ShopProfile

    from .ledger import Ledger
    from .stock import Stock
    from .stored import StoredOrder
    from .till import Till

log = structlog.get_logger()


class Saga:
    """Brings pending orders to their end."""

    def __init__(self, ledger: Ledger, stock: Stock, till: Till) -> None:
        """Decide in ``ledger``, ask ``stock`` and ``till``."""
        self._ledger, self._stock, self._till = ledger, stock, till

    async def begin(self, profile: ShopProfile, order: StoredOrder) -> None:
        """Work on an order that was placed this moment; what is left then is the recoverer's."""
        deadline = Deadline()
        try:
            await self._settle(profile, order, self._first_try(order, deadline), deadline)
        except PeerUnavailableError:
            await asyncio.to_thread(self._ledger.leave, order)
        except OvertakenError:
            log.info("order.overtaken", order=order.order_id)

    async def resume(self, profile: ShopProfile, order: StoredOrder) -> None:
        """Go on with an order that its worker left; raise PeerUnavailableError where that has to wait."""
        deadline = Deadline()
        if order.reason is None:
            await self._settle(profile, order, self._next_try(profile, order, deadline), deadline)
        else:
            await self._undo(profile, order, deadline)

    async def _settle(
        self, profile: ShopProfile, order: StoredOrder, paying: Awaitable[StoredOrder], deadline: Deadline
    ) -> None:
        try:
            paid = await paying
            await self._stock.confirm(paid, deadline)
            confirmed = await asyncio.to_thread(self._ledger.confirm, paid, profile.now())
            log.info("order.placed", order=order.order_id, number=confirmed.number)
        except RefusalError as refusal:
            undone = await asyncio.to_thread(self._ledger.refuse, order, refusal.problem)
            log.info("order.refused", order=order.order_id, kind=refusal.problem.kind)
            await self._undo(profile, undone, deadline)

    async def _first_try(self, order: StoredOrder, deadline: Deadline) -> StoredOrder:
        """Have the order reserved and paid; where it is certain that nothing was charged, an outage ends it."""
        priced = order
        try:
            priced = await self._reserve(order, deadline)
            await self._till.charge(priced, deadline)
        except PeerUnavailableError as error:
            if priced.total is not None and error.may_have_acted:
                raise
            raise RefusalError(nothing_ordered()) from error
        return priced

    async def _next_try(self, profile: ShopProfile, order: StoredOrder, deadline: Deadline) -> StoredOrder:
        """Have the order reserved and paid, if it is not yet; what is held no longer is not charged again."""
        if is_overdue(order.reserved_until, order.placed_at, profile.now()):
            await self._stock.confirm(order, deadline)
        priced = order
        if order.total is None:
            priced = await self._reserve(order, deadline)
            await asyncio.to_thread(self._ledger.promise, order.shop, order.order_id)  # its worker told nobody anything
        await self._till.charge(priced, deadline)
        return priced

    async def _reserve(self, order: StoredOrder, deadline: Deadline) -> StoredOrder:
        reservation = await self._stock.reserve(order, deadline)
        lines, total = reserved_lines(order, reservation), reservation.total.money
        if order.expected is not None:
            seen = await asyncio.to_thread(self._ledger.prices_seen, order)
            changed = price_changed(lines, total, order.expected, seen)
            if changed is not None:
                raise RefusalError(Problem(HTTPStatus.CONFLICT, "price-changed", changed))
        return await asyncio.to_thread(self._ledger.price, order, lines, total, reservation.expires_at)

    async def _undo(self, profile: ShopProfile, order: StoredOrder, deadline: Deadline) -> None:
        """Take back what may have been done; all of it is tried, however much of it fails."""
        undoing = [self._stock.release(order, deadline)]
        if order.total is not None:
            undoing.append(self._till.void(order, deadline))
        for result in await asyncio.gather(*undoing, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result
        await asyncio.to_thread(self._ledger.reject, order, profile.now())
        log.info("order.rejected", order=order.order_id)
