"""The checkout: what is bought, what it costs, and the card that pays for it."""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from demo.storefront.platform.flags import EXPRESS_CHECKOUT
from demo.storefront.platform.lines import QUANTITY
from demo.storefront.platform.peers import PeerUnavailableError

from .bill import Bills
from .desk import ForeignFormError, trimmed
from .paying import CARD_FIELDS, NO_CHECKOUT, Failure, Paying
from .payments import CardDetails
from .purchase import Purchase, new_key
from .refusals import RefusedError
from .routes_shelf import SHORT_OF_TIME

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from .bill import Bill
    from .desk import Desk
    from .orders import Order
    from .reception import Reception

TITLE = "Checkout"
FIELDS = ("sku", "quantity", "key", "amount", "currency", "card", "unsure")
BASKET_ONLY = "This shop takes orders from the basket only."


def checkout_pages(desk: Desk) -> APIRouter:
    """Return the routes of the checkout."""
    router = APIRouter(prefix="/shops/{shop}/checkout", include_in_schema=False)
    bills, paying = Bills(desk.catalogue, desk.baskets), Paying(desk.payments, desk.orders)

    @router.get("", response_model=None)
    async def checkout(request: Request, shop: str, sku: str = "", quantity: str = "1") -> Response:
        """Show what is bought, and ask for a card."""
        purchase = Purchase(sku, quantity, new_key())
        reception = await desk.receive(request, shop)
        return await _open(bills, desk.admit(reception, "sign-in-first", purchase.path), purchase)

    @router.post("", response_model=None)
    async def pay(request: Request, shop: str) -> Response:
        """Place the order, once for each form."""
        reception, form = await desk.receive_form(request, shop)
        purchase = _purchase(form)
        desk.admit(reception, _why(purchase), _way_back(purchase))
        card = CardDetails(*(trimmed(form, name) for name in CARD_FIELDS))
        outcome = await paying.pay(shop, reception.session, purchase, card)
        if isinstance(outcome, Failure):
            return await _explain(bills, reception, outcome)
        return _show_order(reception, purchase, outcome)

    return router


def _purchase(form: FormData) -> Purchase:
    """Read what is paid for; raise ForeignFormError where no page of ours asked for it."""
    sku, quantity, key, amount, currency, card, unsure = (trimmed(form, name) for name in FIELDS)
    purchase = Purchase(sku, quantity, key, amount, currency, card, unsure=bool(unsure))
    if not purchase.is_complete:
        raise ForeignFormError
    return purchase


async def _open(bills: Bills, reception: Reception, purchase: Purchase) -> Response:
    if purchase.sku and not reception.shop.has(EXPRESS_CHECKOUT):
        return reception.say(TITLE, BASKET_ONLY, HTTPStatus.FORBIDDEN)
    if purchase.sku and purchase.pieces is None:
        return reception.say(TITLE, QUANTITY, HTTPStatus.UNPROCESSABLE_ENTITY)
    bill = await reception.ask(bills.find(reception, purchase), TITLE, NO_CHECKOUT)
    if bill is None:
        return reception.go("/basket")
    return reception.show("checkout.html", bill=bill, purchase=purchase.at(bill.total), retry=False)


def _show_order(reception: Reception, purchase: Purchase, order: Order) -> Response:
    """Go to the order; what the basket holds now is not known where it was ordered."""
    emptied = reception if purchase.sku else reception.with_pieces(None)
    return emptied.go(f"/orders/{order.order_id}")


async def _explain(bills: Bills, reception: Reception, failure: Failure) -> Response:
    """Say why there is no order, or none for certain, with the bill of now where that can be had quickly."""
    purchase = failure.purchase
    if failure.status == HTTPStatus.UNAUTHORIZED:
        return reception.go_to_sign_in(_why(purchase), _way_back(purchase))
    bill: Bill | None = None
    with suppress(PeerUnavailableError, RefusedError):  # the page can do without
        bill = await bills.find(reception, purchase, SHORT_OF_TIME)
    if bill and not failure.retry:
        purchase = purchase.at(bill.total)
    values = {"bill": bill, "purchase": purchase, "retry": failure.retry}
    return reception.show("checkout.html", failure.status, failure.mistakes, failure.headers, **values)


def _why(purchase: Purchase) -> str:
    return "sign-in-to-check" if purchase.unsure else "sign-in-first"


def _way_back(purchase: Purchase) -> str:
    return "/orders" if purchase.unsure else purchase.path
