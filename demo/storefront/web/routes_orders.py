"""The pages on which a customer sees what she ordered, and cancels it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from demo.storefront.platform.flags import SELF_CANCELLING
from demo.storefront.platform.peers import PeerUnavailableError

from .notices import notice
from .refusals import Mistake, RefusedError

if TYPE_CHECKING:
    from .desk import Desk
    from .reception import Reception

LOOK_AGAIN = 5  # seconds between two looks at an order that the bank has not answered yet
NO_ORDERS = "Your orders cannot be shown right now. Please try again in a moment."
NOT_CANCELLED = "Cancelling is not possible right now. Your order stands; please try again in a moment."
PERHAPS_CANCELLED = "We could not confirm that your order is cancelled. Please try again in a moment."


def order_pages(desk: Desk) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(prefix="/shops/{shop}/orders", include_in_schema=False)

    @router.get("", response_model=None)
    async def orders(request: Request, shop: str, after: str = "") -> Response:
        """Show the customer's orders, a page at a time."""
        reception = desk.admit(await desk.receive(request, shop))
        mine = await reception.ask(desk.orders.orders(shop, reception.session, after), "Your orders", NO_ORDERS)
        return reception.show("orders.html", orders=mine.items, older=mine.next, after=after)

    @router.get("/{order_id}", response_model=None)
    async def order(request: Request, shop: str, order_id: str, look: str = "") -> Response:
        """Show one order of the customer."""
        reception = desk.admit(await desk.receive(request, shop))
        return await _show_order(desk, reception, order_id, looking=look != "no")

    @router.post("/{order_id}/cancel", response_model=None)
    async def cancel(request: Request, shop: str, order_id: str) -> Response:
        """Cancel an order of the customer."""
        reception, _form = await desk.receive_form(request, shop)
        return await _cancel(desk, desk.admit(reception, back=f"/orders/{order_id}"), order_id)

    return router


async def _show_order(
    desk: Desk,
    reception: Reception,
    order_id: str,
    status: int = HTTPStatus.OK,
    mistakes: list[Mistake] | None = None,
    *,
    looking: bool = False,
) -> Response:
    sorry = mistakes[0].message if mistakes else NO_ORDERS
    asked = desk.orders.order(reception.shop.key, reception.session, order_id)
    order = await reception.ask(asked, "Your order", sorry)
    looking = looking and order.status == "pending"
    headers = {"Refresh": str(LOOK_AGAIN)} if looking else {}
    values = {"order": order, "looking": looking, "self_cancelling": reception.shop.has(SELF_CANCELLING)}
    return reception.show("order.html", status, mistakes, headers, **values)


async def _cancel(desk: Desk, reception: Reception, order_id: str) -> Response:
    try:
        order = await desk.orders.change(reception.shop.key, reception.session, order_id, "cancellation")
    except PeerUnavailableError as error:
        mistakes = [Mistake(PERHAPS_CANCELLED if error.may_have_acted else NOT_CANCELLED)]
        return await _show_order(desk, reception, order_id, HTTPStatus.SERVICE_UNAVAILABLE, mistakes)
    except RefusedError as error:
        if error.status == HTTPStatus.UNAUTHORIZED:
            return reception.go_to_sign_in(back=f"/orders/{order_id}")
        return await _show_order(desk, reception, order_id, error.status, error.mistakes_at({}))
    done = "cancelled" if order.status == "cancelled" else "cancelling"
    return reception.go(f"/orders/{order_id}", notice(done))
