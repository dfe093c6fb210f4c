"""The pages to order, and to see what was ordered."""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from demo.storefront.platform.peers import PeerUnavailableError

from .desk import text_of
from .purchase import Purchase
from .refusals import Mistake, RefusedError

if TYPE_CHECKING:
    from .desk import Desk, Reception

UNAVAILABLE = HTTPStatus.SERVICE_UNAVAILABLE
SHORT_OF_TIME = 0.5  # the customer has waited for an order already
NO_PRODUCTS = "The products cannot be shown right now. Please try again in a moment."
NO_ORDERS = "Your orders cannot be shown right now. Please try again in a moment."
NO_SUCH_ORDER = "You have no such order."
NOTHING_ORDERED = "Ordering is not possible right now. Nothing was ordered; please try again in a moment."
UNCONFIRMED = "We could not confirm your order. Please try again: the same order is never placed twice."
ORDERED_BEFORE = "You placed this order before, with another quantity. It is listed under “Your orders”."
QUANTITY = "Choose a quantity from 1 to 99."


def order_pages(desk: Desk) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(prefix="/shops/{shop}", include_in_schema=False)
    _add_products(router, desk)
    _add_ordering(router, desk)
    _add_orders(router, desk)
    return router


def _add_products(router: APIRouter, desk: Desk) -> None:
    @router.get("/", response_model=None)
    async def products(request: Request, shop: str) -> Response:
        """Show what the shop offers."""
        return await _show_products(desk, await desk.receive(request, shop))


async def _show_products(
    desk: Desk, reception: Reception, status: int = 200, mistake: Mistake | None = None, again: Purchase | None = None
) -> Response:
    """Show the products, each with a form of its own; ``again`` is what the customer tried to order."""
    mistakes = [mistake] if mistake else []
    products = None
    try:
        products = await desk.orders.products(reception.shop.key, SHORT_OF_TIME if status == UNAVAILABLE else None)
    except PeerUnavailableError:
        status, mistakes = UNAVAILABLE, mistakes or [Mistake(NO_PRODUCTS)]
    keys = {product.sku: secrets.token_urlsafe(16) for product in products or []}
    if again:
        keys[again.sku] = again.key
    retry = again if status == UNAVAILABLE else None
    return reception.show("products.html", status, mistakes, products=products, keys=keys, again=again, retry=retry)


def _add_ordering(router: APIRouter, desk: Desk) -> None:
    @router.post("/orders", response_model=None)
    async def order(request: Request, shop: str) -> Response:
        """Place an order, once for each form."""
        reception, form = await desk.receive_form(request, shop)
        purchase = Purchase(*(text_of(form, field).strip() for field in ("sku", "quantity", "key")))
        if not reception.visit.session:
            return reception.go("/sign-in", notice="sign-in-first")
        return await _place(desk, reception, purchase)


async def _place(desk: Desk, reception: Reception, purchase: Purchase) -> Response:
    pieces = purchase.pieces
    if pieces is None:
        return await _show_products(desk, reception, HTTPStatus.UNPROCESSABLE_ENTITY, Mistake(QUANTITY), purchase)
    session = reception.visit.session
    try:
        order = await desk.orders.place(reception.shop.key, session, purchase.key, purchase.sku, pieces)
    except PeerUnavailableError as error:
        message = UNCONFIRMED if error.may_have_acted else NOTHING_ORDERED
        return await _show_products(desk, reception, UNAVAILABLE, Mistake(message), purchase)
    except RefusedError as error:
        return await _explain(desk, reception, purchase, error)
    return reception.go(f"/orders/{order.order_id}")


async def _explain(desk: Desk, reception: Reception, purchase: Purchase, error: RefusedError) -> Response:
    if error.status == HTTPStatus.UNAUTHORIZED:
        return reception.go("/sign-in", notice="sign-in-first", session="")
    reused = error.kind == "idempotency-key-reused"
    mistake = Mistake(ORDERED_BEFORE) if reused else error.mistakes[0]
    return await _show_products(desk, reception, error.status, mistake, None if reused else purchase)


def _add_orders(router: APIRouter, desk: Desk) -> None:
    @router.get("/orders", response_model=None)
    async def orders(request: Request, shop: str) -> Response:
        """Show the customer's orders."""
        reception = await desk.receive(request, shop)
        if not reception.visit.session:
            return reception.go("/sign-in", notice="sign-in-to-see")
        try:
            mine = await desk.orders.orders(shop, reception.visit.session)
        except PeerUnavailableError:
            return reception.show("message.html", UNAVAILABLE, title="Your orders", message=NO_ORDERS)
        except RefusedError:
            return reception.go("/sign-in", notice="sign-in-to-see", session="")
        return reception.show("orders.html", orders=mine)

    @router.get("/orders/{order_id}", response_model=None)
    async def order(request: Request, shop: str, order_id: str) -> Response:
        """Show one order of the customer."""
        reception = await desk.receive(request, shop)
        if not reception.visit.session:
            return reception.go("/sign-in", notice="sign-in-to-see")
        try:
            mine = await desk.orders.order(shop, reception.visit.session, order_id)
        except PeerUnavailableError:
            return reception.show("message.html", UNAVAILABLE, title="Your order", message=NO_ORDERS)
        except RefusedError as error:
            if error.status == HTTPStatus.UNAUTHORIZED:
                return reception.go("/sign-in", notice="sign-in-to-see", session="")
            return reception.show("message.html", HTTPStatus.NOT_FOUND, title="No such order", message=NO_SUCH_ORDER)
        return reception.show("order.html", order=mine)
