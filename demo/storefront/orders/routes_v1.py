"""The first version of the HTTP interface, ``/orders/v1``: deprecated, and gone after its sunset."""

import asyncio
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from demo.storefront.platform.problems import Problem
from demo.storefront.platform.shops import ShopProfile
from demo.storefront.platform.signed_in import Account
from demo.storefront.platform.tenancy import Shop

from .deprecation import GONE, V1
from .parts import Parts
from .routes_orders import Key, OrderId, answered
from .rules import SUNSET
from .schemas import NewOrder
from .schemas_v1 import NewOrder as FirstNewOrder
from .schemas_v1 import Order

MOST = 100


def deprecated_routes(parts: Parts) -> APIRouter:
    """Return the routes of the first version."""

    def still_served(profile: Annotated[ShopProfile, Depends(parts.directory)]) -> None:
        if profile.now() >= SUNSET:
            raise Problem(HTTPStatus.GONE, "gone", GONE)

    router = APIRouter(
        prefix=f"{V1}/shops/{{shop}}", tags=["orders"], deprecated=True, dependencies=[Depends(still_served)]
    )
    _add_placing(router, parts)
    _add_reading(router, parts)
    return router


def _add_placing(router: APIRouter, parts: Parts) -> None:
    @router.post("/orders", status_code=HTTPStatus.CREATED, responses={HTTPStatus.ACCEPTED: {"model": Order}})
    async def place(
        profile: Annotated[ShopProfile, Depends(parts.directory)],
        customer: Annotated[Account, Depends(parts.anybody)],
        key: Key,
        body: FirstNewOrder,
        response: Response,
    ) -> Order:
        """Place an order; the same key and body again give the same answer and no second order."""
        await parts.limits.check(profile, customer.customer_id)
        wanted = NewOrder(lines=body.lines, card=body.card)
        return Order.of(answered(await parts.placing.place(profile, customer, key, wanted), response))


def _add_reading(router: APIRouter, parts: Parts) -> None:
    @router.get("/orders")
    async def orders(shop: Shop, customer: Annotated[Account, Depends(parts.anybody)]) -> list[Order]:
        """Return the customer's newest orders, at most a hundred."""
        page = await asyncio.to_thread(parts.reading.page, shop, customer.customer_id, MOST)
        return [Order.of(order) for order in page.items]

    @router.get("/orders/{order_id}")
    async def order(shop: Shop, order_id: OrderId, customer: Annotated[Account, Depends(parts.anybody)]) -> Order:
        """Return one of the customer's orders."""
        found = await asyncio.to_thread(parts.reading.order, shop, customer.customer_id, order_id)
        return Order.of(found)
