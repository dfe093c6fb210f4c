"""The back office's products: what they cost, and how many there are."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from demo.storefront.platform.money import DIGITS
from demo.storefront.platform.peers import PeerUnavailableError

from .desk import trimmed
from .notices import notice
from .offer import Offer, sku_of
from .refusals import Mistake, RefusedError

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from .desk import Desk
    from .reception import Reception

TITLE = "Products"
NO_PRODUCTS = "The products cannot be shown right now. Please try again in a moment."
NOT_SAVED = "Saving is not possible right now. Nothing was changed; please try again in a moment."
PERHAPS_SAVED = "We could not confirm that this was saved. Please look at the product before you try again."
OFFERED_BEFORE = "There is a product of that name already. You can change it in the list."
INVALID = HTTPStatus.UNPROCESSABLE_ENTITY


def office_product_pages(desk: Desk) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(prefix="/shops/{shop}/office/products", include_in_schema=False)

    @router.get("", response_model=None)
    async def products(request: Request, shop: str) -> Response:
        """Show the products, to be changed by the owner."""
        return await _show_products(desk, desk.admit_staff(await desk.receive(request, shop)))

    @router.post("", response_model=None)
    async def add(request: Request, shop: str) -> Response:
        """Offer another product."""
        reception, form = await desk.receive_form(request, shop)
        desk.admit_staff(reception, "owner")
        return await _add(desk, reception, _offer(form))

    @router.post("/{sku}", response_model=None)
    async def change(request: Request, shop: str, sku: str) -> Response:
        """Change a product's price, and its stock where one was entered."""
        reception, form = await desk.receive_form(request, shop)
        desk.admit_staff(reception, "owner")
        return await _save(desk, reception, sku, _offer(form), is_new=False)

    return router


def _offer(form: FormData) -> Offer:
    return Offer(*(trimmed(form, name) for name in ("name", "amount", "currency", "stock")))


async def _add(desk: Desk, reception: Reception, offer: Offer) -> Response:
    sku = sku_of(offer.name)
    shown = await reception.ask(desk.catalogue.products(reception.shop.key), TITLE, NOT_SAVED)
    if any(product.sku == sku for product in shown):
        mistakes = [Mistake(OFFERED_BEFORE, "name")]
        return await _show_products(desk, reception, HTTPStatus.CONFLICT, mistakes, {"": offer})
    return await _save(desk, reception, sku, replace(offer, stock=offer.stock or "0"), is_new=True)


async def _save(desk: Desk, reception: Reception, sku: str, offer: Offer, *, is_new: bool) -> Response:
    entered, suffix = ({"": offer}, "") if is_new else ({sku: offer}, f"-{sku}")
    mistakes, status = offer.mistakes(suffix), int(INVALID)
    if offer.price and not mistakes:
        try:
            await desk.catalogue.offer(
                reception.shop.key, reception.session, sku, name=offer.name, price=offer.price, stock=offer.pieces
            )
        except PeerUnavailableError as error:
            mistakes = [Mistake(PERHAPS_SAVED if error.may_have_acted else NOT_SAVED)]
            status = HTTPStatus.SERVICE_UNAVAILABLE
        except RefusedError as error:
            if error.status == HTTPStatus.UNAUTHORIZED:
                return reception.go_to_sign_in(back="/office/products")
            mistakes, status = error.mistakes_at(_fields(suffix)), error.status
        else:
            return reception.go("/office/products", notice("offered" if is_new else "saved", offer.name))
    return await _show_products(desk, reception, status, mistakes, entered)


def _fields(suffix: str) -> dict[str, str]:
    at = {"price": "amount", "amount": "amount", "currency": "amount", "stock": "stock"}
    return {name: field + suffix for name, field in at.items()} | ({} if suffix else {"name": "name"})


async def _show_products(
    desk: Desk,
    reception: Reception,
    status: int = HTTPStatus.OK,
    mistakes: list[Mistake] | None = None,
    entered: dict[str, Offer] | None = None,
) -> Response:
    """Show the products; ``entered`` is what was refused, by the product's key, so that it can be mended."""
    sorry = mistakes[0].message if mistakes else NO_PRODUCTS
    asked = desk.catalogue.office_products(reception.shop.key, reception.session)
    products = await reception.ask(asked, TITLE, sorry)
    usual = products[0].price.currency if products else "GBP"
    return reception.show(
        "office_products.html",
        status,
        mistakes,
        products=products,
        entered=entered or {},
        currencies=list(DIGITS),
        usual=usual,
    )
