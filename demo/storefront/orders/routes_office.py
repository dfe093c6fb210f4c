"""The HTTP interface of orders for the staff of a shop, ``/orders/v2``."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends

from demo.storefront.platform.shops import ShopProfile
from demo.storefront.platform.tenancy import Shop

from .parts import Parts
from .routes_orders import PREFIX, After, Limit, OrderId
from .schemas import Order, Page


def office_routes(parts: Parts) -> APIRouter:
    """Return the routes by which a shop's staff look after the orders of all customers."""
    router = APIRouter(prefix=PREFIX, tags=["office"])
    _add_reading(router, parts)
    _add_delivery(router, parts)
    _add_refunds(router, parts)
    return router


def _add_reading(router: APIRouter, parts: Parts) -> None:
    @router.get("/office/orders", dependencies=[Depends(parts.staff)])
    async def orders(shop: Shop, limit: Limit = 20, after: After = None) -> Page:
        """Return the orders of all customers, newest first, without rejected ones."""
        return await asyncio.to_thread(parts.reading.page, shop, None, limit, after)


def _add_delivery(router: APIRouter, parts: Parts) -> None:
    @router.post("/orders/{order_id}/shipment", dependencies=[Depends(parts.staff)])
    async def ship(profile: Annotated[ShopProfile, Depends(parts.directory)], order_id: OrderId) -> Order:
        """Note that a confirmed order is on its way."""
        return Order.of(await parts.closing.ship(profile, order_id))

    @router.post("/orders/{order_id}/delivery", dependencies=[Depends(parts.staff)])
    async def deliver(profile: Annotated[ShopProfile, Depends(parts.directory)], order_id: OrderId) -> Order:
        """Note that a shipped order has arrived."""
        return Order.of(await parts.closing.deliver(profile, order_id))


def _add_refunds(router: APIRouter, parts: Parts) -> None:
    @router.post("/orders/{order_id}/refund", dependencies=[Depends(parts.owner)])
    async def refund(profile: Annotated[ShopProfile, Depends(parts.directory)], order_id: OrderId) -> Order:
        """Give the money of a shipped order back; it stays `refunding` until that is on its way."""
        return Order.of(await parts.closing.refund(profile, order_id))
