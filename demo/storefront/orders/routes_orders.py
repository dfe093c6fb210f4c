"""The HTTP interface of orders for customers, ``/orders/v2``."""

import asyncio
import re
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Query, Response
from pydantic import AfterValidator, WithJsonSchema

from demo.storefront.platform.problems import Problem
from demo.storefront.platform.shops import ShopProfile
from demo.storefront.platform.signed_in import Account
from demo.storefront.platform.tenancy import Shop

from .deprecation import V2
from .parts import Parts
from .placing import Placed
from .rules import IDEMPOTENCY_KEY, ORDER_ID, good_page
from .schemas import NewOrder, Order, Page

PREFIX = f"{V2}/shops/{{shop}}"
OrderId = Annotated[str, Path(pattern=ORDER_ID)]
Limit = Annotated[int, Query(ge=1, le=100, description="How many orders at most.")]
Place = Annotated[str, AfterValidator(good_page), WithJsonSchema({"type": "string", "pattern": ORDER_ID})]
After = Annotated[Place | None, Query(description="The `next` of the page before.")]


def idempotency_key(
    key: Annotated[str | None, Header(alias="Idempotency-Key", description="Required; new for each new order.")] = None,
) -> str:
    """Return the key of a submission; raise a 400 problem without one."""
    if key is None or not re.fullmatch(IDEMPOTENCY_KEY, key):
        detail = "Send the header 'Idempotency-Key' with 1 to 200 visible characters, new for each new order."
        raise Problem(HTTPStatus.BAD_REQUEST, "idempotency-key-required", detail)
    return key


Key = Annotated[str, Depends(idempotency_key)]


def order_routes(parts: Parts) -> APIRouter:
    """Return the routes by which customers order, and look after their orders."""
    router = APIRouter(prefix=PREFIX, tags=["orders"])
    _add_placing(router, parts)
    _add_reading(router, parts)
    _add_cancelling(router, parts)
    return router


def _add_placing(router: APIRouter, parts: Parts) -> None:
    @router.post("/orders", status_code=HTTPStatus.CREATED, responses={HTTPStatus.ACCEPTED: {"model": Order}})
    async def place(
        profile: Annotated[ShopProfile, Depends(parts.directory)],
        customer: Annotated[Account, Depends(parts.anybody)],
        key: Key,
        body: NewOrder,
        response: Response,
    ) -> Order:
        """Order the lines, or the basket (201); 202 where the outcome is not known yet: a mail will tell.

        The same key and body again give the same answer and no second order.
        """
        await parts.limits.check(profile, customer.customer_id)
        return answered(await parts.placing.place(profile, customer, key, body), response)


def answered(placed: Placed, response: Response) -> Order:
    """Return the order that was placed; its status and headers go with the ``response``."""
    response.status_code = placed.status
    response.headers.update(placed.headers)
    return placed.order


def _add_reading(router: APIRouter, parts: Parts) -> None:
    @router.get("/orders")
    async def orders(
        shop: Shop, customer: Annotated[Account, Depends(parts.anybody)], limit: Limit = 20, after: After = None
    ) -> Page:
        """Return the customer's orders, newest first, without rejected ones."""
        return await asyncio.to_thread(parts.reading.page, shop, customer.customer_id, limit, after)

    @router.get("/orders/{order_id}")
    async def order(shop: Shop, order_id: OrderId, account: Annotated[Account, Depends(parts.anybody)]) -> Order:
        """Return one of the customer's orders; to staff, any of their shop."""
        owner = None if account.is_staff else account.customer_id
        return await asyncio.to_thread(parts.reading.order, shop, owner, order_id)


def _add_cancelling(router: APIRouter, parts: Parts) -> None:
    @router.post("/orders/{order_id}/cancellation")
    async def cancel(
        profile: Annotated[ShopProfile, Depends(parts.directory)],
        order_id: OrderId,
        account: Annotated[Account, Depends(parts.anybody)],
    ) -> Order:
        """Cancel an order that is not shipped; it stays `cancelling` until the money is on its way back."""
        return Order.of(await parts.closing.cancel(profile, account, order_id))
