"""The basket: what a customer means to buy."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from demo.storefront.platform.lines import QUANTITY
from demo.storefront.platform.peers import PeerUnavailableError

from .desk import trimmed
from .notices import notice
from .purchase import pieces_in
from .refusals import Mistake, RefusedError
from .routes_shelf import NOT_ADDED, NOT_CERTAIN

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from .basket import Basket
    from .desk import Desk
    from .reception import Reception

TITLE = "Your basket"
NO_BASKET = "Your basket cannot be shown right now. Please try again in a moment."


def basket_pages(desk: Desk) -> APIRouter:
    """Return the routes of the basket."""
    router = APIRouter(prefix="/shops/{shop}/basket", include_in_schema=False)

    @router.get("", response_model=None)
    async def basket(request: Request, shop: str) -> Response:
        """Show what is in the basket."""
        return await _show_basket(desk, desk.admit(await desk.receive(request, shop)))

    @router.post("/lines/{sku}", response_model=None)
    async def update(request: Request, shop: str, sku: str) -> Response:
        """Have another quantity of a product in the basket."""
        reception, form = await desk.receive_form(request, shop)
        desk.admit(reception, back="/basket")
        entered = trimmed(form, "quantity")
        pieces = pieces_in(entered)
        if pieces is None:
            mistakes = [Mistake(QUANTITY, f"quantity-{sku}")]
            return await _show_basket(desk, reception, HTTPStatus.UNPROCESSABLE_ENTITY, mistakes, {sku: entered})
        return await _change(desk, reception, sku, desk.baskets.put(shop, reception.session, sku, pieces), "changed")

    @router.post("/lines/{sku}/removal", response_model=None)
    async def remove(request: Request, shop: str, sku: str) -> Response:
        """Take a product out of the basket."""
        reception, form = await desk.receive_form(request, shop)
        desk.admit(reception, back="/basket")
        removed = notice("removed", trimmed(form, "name"))
        return await _change(desk, reception, sku, desk.baskets.remove(shop, reception.session, sku), removed)

    return router


async def _change(desk: Desk, reception: Reception, sku: str, change: Awaitable[Basket], notice: str) -> Response:
    try:
        basket = await change
    except PeerUnavailableError as error:
        mistakes = [Mistake(NOT_CERTAIN if error.may_have_acted else NOT_ADDED)]
        return await _show_basket(desk, reception, HTTPStatus.SERVICE_UNAVAILABLE, mistakes)
    except RefusedError as error:
        if error.status == HTTPStatus.UNAUTHORIZED:
            return reception.go_to_sign_in(back="/basket")
        return await _show_basket(desk, reception, error.status, error.mistakes_at({"quantity": f"quantity-{sku}"}))
    return reception.with_pieces(basket.pieces).go("/basket", notice)


async def _show_basket(
    desk: Desk,
    reception: Reception,
    status: int = HTTPStatus.OK,
    mistakes: list[Mistake] | None = None,
    entered: dict[str, str] | None = None,
) -> Response:
    """Show the basket; ``entered`` are quantities that were refused, so that they can be mended."""
    sorry = mistakes[0].message if mistakes else NO_BASKET
    basket = await reception.ask(desk.baskets.basket(reception.shop.key, reception.session), TITLE, sorry)
    counted = reception.with_pieces(basket.pieces)
    return counted.show("basket.html", status, mistakes, basket=basket, entered=entered or {})
