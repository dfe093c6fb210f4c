"""What the pages ask orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from demo.storefront.platform.money import Money
from demo.storefront.platform.peers import Peer, segment

from .refusals import refused

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True)
class Product:
    """A product, as a page shows it."""

    sku: str
    name: str
    price: Money


@dataclass(frozen=True)
class Line:
    """A line of an order, as a page shows it."""

    name: str
    quantity: int
    unit_price: Money
    total: Money


@dataclass(frozen=True)
class Order:
    """An order, as a page shows it."""

    order_id: str
    number: str
    status: str
    placed_at: datetime
    total: Money
    lines: list[Line]

    @property
    def pieces(self) -> int:
        """Return how many pieces it has."""
        return sum(line.quantity for line in self.lines)


class Orders:
    """Products and orders, by way of the orders service."""

    def __init__(self, peer: Peer) -> None:
        """Ask ``peer``."""
        self._peer = peer

    async def products(self, shop: str, within: float | None = None) -> list[Product]:
        """Return what a shop offers, ``within`` less than the usual time where that is asked for."""
        response = await self._peer.call("GET", _path(shop, "/products"), within=within)
        items = _answered(response, HTTPStatus.OK).json()
        return [Product(item["sku"], item["name"], _money(item["price"])) for item in items]

    async def place(self, shop: str, token: str, key: str, sku: str, quantity: int) -> Order:
        """Order so many pieces of a product, once for each ``key``; raise RefusedError with the reasons."""
        body = {"lines": [{"sku": sku, "quantity": quantity}]}
        headers = {"Idempotency-Key": key}
        response = await self._peer.call("POST", _path(shop, "/orders"), token=token, json=body, headers=headers)
        return _order(_answered(response, HTTPStatus.CREATED).json())

    async def orders(self, shop: str, token: str) -> list[Order]:
        """Return the customer's orders, newest first; raise RefusedError where nobody is signed in."""
        response = await self._peer.call("GET", _path(shop, "/orders"), token=token)
        return [_order(item) for item in _answered(response, HTTPStatus.OK).json()]

    async def order(self, shop: str, token: str, order_id: str) -> Order:
        """Return one order; raise RefusedError where the customer has no such order."""
        response = await self._peer.call("GET", _path(shop, f"/orders/{segment(order_id)}"), token=token)
        return _order(_answered(response, HTTPStatus.OK).json())


def _path(shop: str, rest: str) -> str:
    return f"/orders/v1/shops/{segment(shop)}{rest}"


def _answered(response: httpx.Response, expected: int) -> httpx.Response:
    if response.status_code != expected:
        raise refused(response)
    return response


def _money(price: dict[str, str]) -> Money:
    return Money.parse(price["amount"], price["currency"])


def _order(item: dict[str, Any]) -> Order:
    return Order(
        order_id=item["order_id"],
        number=item["number"],
        status=item["status"],
        placed_at=datetime.fromisoformat(item["placed_at"]),
        total=_money(item["total"]),
        lines=[
            Line(line["name"], line["quantity"], _money(line["unit_price"]), _money(line["line_total"]))
            for line in item["lines"]
        ],
    )
