"""The shelf: what the shop offers, and the ways into the basket or straight to the checkout."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from demo.storefront.platform.flags import EXPRESS_CHECKOUT
from demo.storefront.platform.lines import QUANTITY
from demo.storefront.platform.peers import PeerUnavailableError

from .desk import trimmed
from .notices import notice
from .purchase import Purchase
from .refusals import Mistake, RefusedError

if TYPE_CHECKING:
    from .desk import Desk
    from .reception import Reception

SHORT_OF_TIME = 0.5  # the customer has waited for an answer already
NO_PRODUCTS = "The products cannot be shown right now. Please try again in a moment."
NOT_ADDED = "Your basket cannot be changed right now. Please try again in a moment."
NOT_CERTAIN = "We could not confirm that your basket was changed. Please have a look at it."


def shelf_pages(desk: Desk) -> APIRouter:
    """Return the routes of the shelf."""
    router = APIRouter(prefix="/shops/{shop}", include_in_schema=False)

    @router.get("/", response_model=None)
    async def shelf(request: Request, shop: str) -> Response:
        """Show what the shop offers."""
        return await _show_shelf(desk, await desk.receive(request, shop))

    @router.post("/basket/lines", response_model=None)
    async def add(request: Request, shop: str) -> Response:
        """Put pieces of a product into the basket, in addition to those that are there."""
        reception, form = await desk.receive_form(request, shop)
        purchase = Purchase(trimmed(form, "sku"), trimmed(form, "quantity"), "")
        desk.admit(reception, "sign-in-first")
        return await _add(desk, reception, purchase, trimmed(form, "name"))

    @router.post("/buy", response_model=None)
    async def buy(request: Request, shop: str) -> Response:
        """Go straight to the checkout with one product."""
        reception, form = await desk.receive_form(request, shop)
        purchase = Purchase(trimmed(form, "sku"), trimmed(form, "quantity"), "")
        if purchase.pieces is None:
            return await _refuse_quantity(desk, reception, purchase)
        return desk.admit(reception, "sign-in-first", purchase.path).go(purchase.path)

    return router


async def _show_shelf(
    desk: Desk,
    reception: Reception,
    status: int = HTTPStatus.OK,
    mistake: Mistake | None = None,
    tried: Purchase | None = None,
) -> Response:
    """Show the products, each with a form of its own; ``tried`` is what could not be put into the basket."""
    mistakes = [mistake] if mistake else []
    products = None
    try:
        products = await desk.catalogue.products(reception.shop.key, SHORT_OF_TIME if mistake else None)
    except PeerUnavailableError:
        status = HTTPStatus.SERVICE_UNAVAILABLE
        mistakes = mistakes or [Mistake(NO_PRODUCTS)]
    except RefusedError as error:
        status, mistakes = error.status, mistakes or error.mistakes_at({})
    express = reception.shop.has(EXPRESS_CHECKOUT)
    return reception.show("shelf.html", status, mistakes, products=products, tried=tried, express=express)


async def _add(desk: Desk, reception: Reception, purchase: Purchase, name: str) -> Response:
    shop, session, pieces = reception.shop.key, reception.session, purchase.pieces
    if pieces is None:
        return await _refuse_quantity(desk, reception, purchase)
    try:
        basket = await desk.baskets.add(shop, session, purchase.sku, pieces)
    except PeerUnavailableError as error:
        mistake = Mistake(NOT_CERTAIN if error.may_have_acted else NOT_ADDED)
        return await _show_shelf(desk, reception, HTTPStatus.SERVICE_UNAVAILABLE, mistake, purchase)
    except RefusedError as error:
        if error.status == HTTPStatus.UNAUTHORIZED:
            return reception.go_to_sign_in("sign-in-first")
        mistake = error.mistakes_at({"quantity": f"quantity-{purchase.sku}"})[0]
        return await _show_shelf(desk, reception, error.status, mistake, purchase)
    return reception.with_pieces(basket.pieces).go(notice=notice("added", name))


async def _refuse_quantity(desk: Desk, reception: Reception, purchase: Purchase) -> Response:
    mistake = Mistake(QUANTITY, f"quantity-{purchase.sku}")
    return await _show_shelf(desk, reception, HTTPStatus.UNPROCESSABLE_ENTITY, mistake, purchase)
