"""What becomes of a confirmed order: it is shipped and delivered, or its money goes back.

Money goes back in two steps. First the order becomes ``cancelling`` or ``refunding``: from then on nobody ships it.
Then payments and the stock room are asked, as often as it takes, and the order becomes ``cancelled`` or ``refunded``.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
import structlog

from demo.storefront.platform.database import UnconfirmedError
from demo.storefront.platform.flags import SELF_CANCELLING
from demo.storefront.platform.peers import PeerUnavailableError
from demo.storefront.platform.problems import Problem, unconfirmed

from .advancing import advance
from .desk import Deadline
from .reading import unknown_order
from .states import IllegalTransitionError, Status
from .stored import StoredOrder, load_one

if TYPE_CHECKING:
    from collections.abc import Collection

    from demo.storefront.platform.outbox import Outbox
    from demo.storefront.platform.shops import ShopProfile
    from demo.storefront.platform.signed_in import Account

    from .events import Announcer
    from .ledger import Ledger
    from .stock import Stock
    from .till import Till

ASK_THE_SHOP = "Please ask the shop to cancel your order."
WORDS = {Status.CANCELLING: "being cancelled", Status.REFUNDING: "being refunded"}
ENDS = {Status.CANCELLING: Status.CANCELLED, Status.REFUNDING: Status.REFUNDED}
log = structlog.get_logger()


class Advanced(NamedTuple):
    """An order, and whether it was changed this moment."""

    order: StoredOrder
    is_changed: bool


class Closing:
    """Changes confirmed orders."""

    def __init__(self, outbox: Outbox, announcer: Announcer, ledger: Ledger, stock: Stock, till: Till) -> None:
        """Change orders in the outbox's database, and ask ``stock`` and ``till``."""
        self._outbox, self._announcer, self._ledger = outbox, announcer, ledger
        self._stock, self._till = stock, till

    async def cancel(self, profile: ShopProfile, account: Account, order_id: str) -> StoredOrder:
        """Cancel an order of this customer, or any for staff; one that is cancelled already stays so."""
        order = await self._find(profile.shop, order_id)
        if not account.is_staff and order.customer_id != account.customer_id:
            raise unknown_order()
        if not account.is_staff and not profile.has(SELF_CANCELLING):
            raise Problem(HTTPStatus.FORBIDDEN, "self-cancelling-is-off", ASK_THE_SHOP)
        return await self._give_back(profile, order_id, Status.CANCELLING, (Status.CANCELLING, Status.CANCELLED))

    async def refund(self, profile: ShopProfile, order_id: str) -> StoredOrder:
        """Give the money of a shipped order back; its goods stay with the customer."""
        return await self._give_back(profile, order_id, Status.REFUNDING)

    async def ship(self, profile: ShopProfile, order_id: str) -> StoredOrder:
        """Note that an order is on its way."""
        return (await asyncio.to_thread(self._advance, profile, order_id, Status.SHIPPED)).order

    async def deliver(self, profile: ShopProfile, order_id: str) -> StoredOrder:
        """Note that an order has arrived."""
        return (await asyncio.to_thread(self._advance, profile, order_id, Status.DELIVERED)).order

    async def finish(self, profile: ShopProfile, order: StoredOrder) -> StoredOrder:
        """Give back what a cancelling or refunding order holds; raise PeerUnavailableError where that has to wait."""
        deadline = Deadline()
        await self._till.refund(order, deadline)
        if order.status is Status.CANCELLING:
            await self._stock.release(order, deadline)
        end = ENDS[order.status]
        return (await asyncio.to_thread(self._advance, profile, order.order_id, end, (end,))).order

    async def _find(self, shop: str, order_id: str) -> StoredOrder:
        order = await asyncio.to_thread(self._ledger.find, shop, order_id)
        if order is None or order.total is None:
            raise unknown_order()
        return order

    async def _give_back(
        self, profile: ShopProfile, order_id: str, first: Status, content: Collection[Status] = ()
    ) -> StoredOrder:
        order, is_changed = await asyncio.to_thread(self._advance, profile, order_id, first, content)
        try:
            return await self._finish_or_leave(profile, order) if is_changed else order
        except (sa.exc.SQLAlchemyError, UnconfirmedError) as error:  # the first step is stored, and will be followed
            raise unconfirmed() from error

    async def _finish_or_leave(self, profile: ShopProfile, order: StoredOrder) -> StoredOrder:
        try:
            return await self.finish(profile, order)
        except PeerUnavailableError:
            await asyncio.to_thread(self._ledger.leave, order)
            return await self._find(profile.shop, order.order_id)

    def _advance(self, profile: ShopProfile, order_id: str, to: Status, content: Collection[Status] = ()) -> Advanced:
        """Bring an order to its next status, unless another request has brought it to one that is ``content`` too."""
        with self._outbox.transaction() as connection:
            order = load_one(connection, profile.shop, order_id, lock=True)
            if order is None or order.total is None:
                raise unknown_order()
            if order.status in content:
                return Advanced(order, is_changed=False)
            try:
                changed = advance(connection, order, to, at=profile.now(), announcer=self._announcer)
            except IllegalTransitionError as error:
                raise not_possible(error) from error
        log.info("order.advanced", order=order_id, number=order.number, to=to)
        return Advanced(changed, is_changed=True)


def not_possible(error: IllegalTransitionError) -> Problem:
    """Return the problem of a change that the state of an order does not allow."""
    done = ENDS.get(error.to, error.to)
    detail = f"An order that is {WORDS.get(error.now, error.now)} cannot be {done}."
    return Problem(HTTPStatus.CONFLICT, "not-possible", detail)
