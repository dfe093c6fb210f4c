"""What the pages ask the catalogue."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, RootModel

from demo.storefront.platform.money import Price
from demo.storefront.platform.peers import Peer, segment

from .answers import Amount, answered, read

if TYPE_CHECKING:
    from demo.storefront.platform.money import Money


class Product(BaseModel):
    """A product, as a page shows it; ``stock`` counts the pieces on hold too."""

    sku: str
    name: str
    price: Amount
    stock: int
    available: int
    notice: str | None


class Products(RootModel[list[Product]]):
    """What a shop offers, by name."""


class Catalogue:
    """Products, by way of the catalogue."""

    def __init__(self, peer: Peer) -> None:
        """Ask ``peer``."""
        self._peer = peer

    async def products(self, shop: str, within: float | None = None) -> list[Product]:
        """Return what a shop offers, ``within`` less than the usual time where that is asked for."""
        response = await self._peer.call("GET", _path(shop), within=within)
        return read(Products, response).root

    async def product(self, shop: str, sku: str, within: float | None = None) -> Product:
        """Return one product; raise RefusedError where the shop does not offer it."""
        response = await self._peer.call("GET", _path(shop, sku), within=within)
        return read(Product, response)

    async def offer(self, shop: str, token: str, sku: str, *, name: str, price: Money, stock: int | None) -> None:
        """Offer a product, or change it; without ``stock`` there are as many pieces as before."""
        body: dict[str, Any] = {"name": name, "price": Price.of(price).model_dump()}
        if stock is not None:
            body["stock"] = stock
        response = await self._peer.call("PUT", _path(shop, sku), token=token, json=body)
        answered(response, HTTPStatus.OK, HTTPStatus.CREATED)


def _path(shop: str, sku: str = "") -> str:
    products = f"/catalogue/v1/shops/{segment(shop)}/products"
    return f"{products}/{segment(sku)}" if sku else products
