"""Paying: the card goes to payments, the order to orders, and whatever was lost on the way is told as it is."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from demo.storefront.platform.peers import PeerUnavailableError

from .refusals import Mistake, RefusedError

if TYPE_CHECKING:
    from .orders import Order, Orders
    from .payments import CardDetails, Payments
    from .purchase import Purchase

UNAVAILABLE = HTTPStatus.SERVICE_UNAVAILABLE
NO_CHECKOUT = "Ordering is not possible right now. Nothing was ordered; please try again in a moment."
UNCONFIRMED = "We could not confirm your order. Please try again: the same order is never placed twice."
SENT_BEFORE = "You sent this order before, with other details. Please look at “Your orders” before you go on."
CARD_FIELDS = {"number": "number", "expiry": "expiry", "cvc": "cvc"}


@dataclass(frozen=True)
class Failure:
    """Why there is no order, or none for certain; ``retry`` offers the same attempt once more."""

    status: int
    mistakes: list[Mistake]
    purchase: Purchase
    retry: bool = False
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Paying:
    """Places orders."""

    payments: Payments
    orders: Orders

    async def pay(self, shop: str, session: str, purchase: Purchase, card: CardDetails) -> Order | Failure:
        """Order with what payments gives for the card; a second attempt brings that with it."""
        if not purchase.card:
            try:
                purchase = replace(purchase, card=await self.payments.keep_card(shop, session, card))
            except PeerUnavailableError:
                return Failure(UNAVAILABLE, [Mistake(NO_CHECKOUT)], purchase)
            except RefusedError as error:
                return Failure(error.status, error.mistakes_at(CARD_FIELDS), purchase, headers=error.headers)
        return await self._order(shop, session, purchase)

    async def _order(self, shop: str, session: str, purchase: Purchase) -> Order | Failure:
        try:
            return await self.orders.place(
                shop, session, purchase.key, lines=purchase.lines, card=purchase.card, expected=purchase.total
            )
        except PeerUnavailableError as error:
            unsure = purchase.unsure or error.may_have_acted
            mistake = Mistake(UNCONFIRMED if unsure else NO_CHECKOUT)
            return Failure(UNAVAILABLE, [mistake], replace(purchase, unsure=unsure), retry=True)
        except RefusedError as error:
            return _refused(purchase, error)


def _refused(purchase: Purchase, error: RefusedError) -> Failure:
    reused = error.kind == "idempotency-key-reused"
    mistakes = [Mistake(SENT_BEFORE)] if reused else error.mistakes_at({})
    again = purchase.after(error)
    return Failure(error.status, mistakes, again, retry=again.key == purchase.key, headers=error.headers)
