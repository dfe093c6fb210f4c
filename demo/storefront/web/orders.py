"""What the pages ask orders."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from demo.storefront.platform.money import Price
from demo.storefront.platform.peers import Peer, segment

from .answers import Amount, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from demo.storefront.platform.money import Money

A_PAGE = 20


class Line(BaseModel):
    """So many pieces of one product."""

    sku: str
    name: str
    quantity: int
    unit_price: Amount
    total: Amount = Field(validation_alias="line_total")


class Change(BaseModel):
    """That an order came into a status, and when."""

    status: str
    at: datetime


class Order(BaseModel):
    """An order, as a page shows it."""

    order_id: str
    number: str | None
    status: str
    reason: str | None
    customer_name: str
    placed_at: datetime
    total: Amount
    lines: list[Line]
    history: list[Change]

    @property
    def title(self) -> str:
        """Return what the order is called; it has no number before it is confirmed."""
        return f"Order {self.number}" if self.number else "Your order"


class OrdersPage(BaseModel):
    """Some orders, newest first, and where the older ones begin."""

    items: list[Order]
    next: str | None


class Orders:
    """Orders, by way of the orders service."""

    def __init__(self, peer: Peer) -> None:
        """Ask ``peer``."""
        self._peer = peer

    async def place(
        self, shop: str, token: str, key: str, *, lines: Mapping[str, int], card: str, expected: Money
    ) -> Order:
        """Order ``lines``, or the basket where there are none, once for each ``key``; the order may be pending."""
        body: dict[str, Any] = {"card": card, "expected_total": Price.of(expected).model_dump()}
        if lines:
            body["lines"] = [{"sku": sku, "quantity": quantity} for sku, quantity in lines.items()]
        headers = {"Idempotency-Key": key}
        response = await self._peer.call("POST", _path(shop, "/orders"), token=token, json=body, headers=headers)
        return read(Order, response, HTTPStatus.CREATED, HTTPStatus.ACCEPTED)

    async def orders(self, shop: str, token: str, after: str) -> OrdersPage:
        """Return a page of the customer's orders; raise RefusedError where nobody is signed in."""
        return await self._page(shop, token, "/orders", after)

    async def office_orders(self, shop: str, token: str, after: str) -> OrdersPage:
        """Return a page of the orders of all customers, for staff."""
        return await self._page(shop, token, "/office/orders", after)

    async def order(self, shop: str, token: str, order_id: str, within: float | None = None) -> Order:
        """Return one order; raise RefusedError where the customer has no such order."""
        path = _path(shop, f"/orders/{segment(order_id)}")
        return read(Order, await self._peer.call("GET", path, token=token, within=within))

    async def change(self, shop: str, token: str, order_id: str, what: str) -> Order:
        """Change an order by a ``cancellation``, ``shipment``, ``delivery`` or ``refund``."""
        path = _path(shop, f"/orders/{segment(order_id)}/{what}")
        return read(Order, await self._peer.call("POST", path, token=token))

    async def _page(self, shop: str, token: str, path: str, after: str) -> OrdersPage:
        query = urlencode({"limit": A_PAGE} | ({"after": after} if after else {}))
        return read(OrdersPage, await self._peer.call("GET", f"{_path(shop, path)}?{query}", token=token))


def _path(shop: str, rest: str) -> str:
    return f"/orders/v2/shops/{segment(shop)}{rest}"
