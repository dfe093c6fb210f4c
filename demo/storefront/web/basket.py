"""What the pages ask orders about a customer's basket."""

from __future__ import annotations

from pydantic import BaseModel

from demo.storefront.platform.peers import Peer, segment

from .answers import Amount, read
from .orders import Line


class BasketLine(Line):
    """So many pieces of one product, and what a piece cost when it was put in, where that has changed."""

    price_was: Amount | None


class Basket(BaseModel):
    """What a customer means to buy."""

    lines: list[BasketLine]
    total: Amount | None

    @property
    def pieces(self) -> int:
        """Return how many pieces are in it."""
        return sum(line.quantity for line in self.lines)


class Baskets:
    """Baskets, by way of the orders service."""

    def __init__(self, peer: Peer) -> None:
        """Ask ``peer``."""
        self._peer = peer

    async def basket(self, shop: str, token: str, within: float | None = None) -> Basket:
        """Return the customer's basket, ``within`` less than the usual time where that is asked for."""
        return read(Basket, await self._peer.call("GET", _path(shop), token=token, within=within))

    async def put(self, shop: str, token: str, sku: str, quantity: int) -> Basket:
        """Have so many pieces of a product in the basket; raise RefusedError with the reason."""
        body = {"quantity": quantity}
        return read(Basket, await self._peer.call("PUT", _path(shop, sku), token=token, json=body))

    async def add(self, shop: str, token: str, sku: str, quantity: int) -> Basket:
        """Have so many pieces more in the basket; raise RefusedError with the reason."""
        body = {"quantity": quantity}
        return read(Basket, await self._peer.call("POST", _path(shop, sku), token=token, json=body))

    async def remove(self, shop: str, token: str, sku: str) -> Basket:
        """Have no piece of a product in the basket."""
        return read(Basket, await self._peer.call("DELETE", _path(shop, sku), token=token))


def _path(shop: str, sku: str = "") -> str:
    basket = f"/orders/v2/shops/{segment(shop)}/basket"
    return f"{basket}/lines/{segment(sku)}" if sku else basket
