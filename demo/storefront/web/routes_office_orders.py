"""The back office's orders: what was ordered, and what is to be done with it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response  # noqa: TC002 - FastAPI reads it

from demo.storefront.platform.peers import PeerUnavailableError

from .desk import trimmed
from .notices import notice
from .office_steps import STEPS, outcome_of, steps_for
from .refusals import Mistake, RefusedError

if TYPE_CHECKING:
    from .desk import Desk
    from .office_steps import Step
    from .reception import Reception

TITLE = "Orders"
NO_ORDERS = "The orders cannot be shown right now. Please try again in a moment."
NOT_DONE = "This is not possible right now. Nothing was changed; please try again in a moment."
PERHAPS_DONE = "We could not confirm that this was done. Please look at the order before you try again."


def office_order_pages(desk: Desk) -> APIRouter:
    """Return the routes of these pages."""
    router = APIRouter(prefix="/shops/{shop}/office", include_in_schema=False)

    @router.get("", response_model=None)
    async def office(request: Request, shop: str) -> Response:
        """Enter the back office by its orders."""
        return desk.admit_staff(await desk.receive(request, shop)).go("/office/orders")

    @router.get("/orders", response_model=None)
    async def orders(request: Request, shop: str, after: str = "") -> Response:
        """Show the orders of all customers, a page at a time."""
        return await _show_orders(desk, desk.admit_staff(await desk.receive(request, shop)), after)

    @router.get("/orders/{order_id}", response_model=None)
    async def order(request: Request, shop: str, order_id: str) -> Response:
        """Show one order and its history."""
        reception = desk.admit_staff(await desk.receive(request, shop))
        found = await reception.ask(desk.orders.order(shop, reception.session, order_id), "Order", NO_ORDERS)
        return reception.show("office_order.html", order=found, steps_for=steps_for)

    @router.post("/orders/{order_id}/{what}", response_model=None)
    async def take_step(request: Request, shop: str, order_id: str, what: str) -> Response:
        """Do something with an order."""
        reception, form = await desk.receive_form(request, shop)
        desk.admit_staff(reception)
        after = trimmed(form, "after")
        if what not in STEPS:
            return reception.go("/office/orders")
        return await _take(desk, reception, order_id, STEPS[what], after)

    return router


async def _take(desk: Desk, reception: Reception, order_id: str, step: Step, after: str) -> Response:
    try:
        order = await desk.orders.change(reception.shop.key, reception.session, order_id, step.what)
    except PeerUnavailableError as error:
        mistakes = [Mistake(PERHAPS_DONE if error.may_have_acted else NOT_DONE)]
        return await _show_orders(desk, reception, after, HTTPStatus.SERVICE_UNAVAILABLE, mistakes)
    except RefusedError as error:
        if error.status == HTTPStatus.UNAUTHORIZED:
            return reception.go_to_sign_in(back="/office/orders")
        return await _show_orders(desk, reception, after, error.status, error.mistakes_at({}))
    done = notice("order-changed", f"{order.title} {outcome_of(step, order.status)}")
    return reception.go(f"/office/orders?{urlencode({'after': after})}" if after else "/office/orders", done)


async def _show_orders(
    desk: Desk,
    reception: Reception,
    after: str,
    status: int = HTTPStatus.OK,
    mistakes: list[Mistake] | None = None,
) -> Response:
    sorry = mistakes[0].message if mistakes else NO_ORDERS
    asked = desk.orders.office_orders(reception.shop.key, reception.session, after)
    found = await reception.ask(asked, TITLE, sorry)
    return reception.show(
        "office_orders.html",
        status,
        mistakes,
        orders=found.items,
        older=found.next,
        after=after,
        steps_for=steps_for,
    )
