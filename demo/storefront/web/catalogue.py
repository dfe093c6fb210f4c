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
    """A product, as a page shows it."""

    sku: str
    name: str
    price: Amount
    available: int
    notice: str | None


class OfficeProduct(Product):
    """A product, as the back office shows it; ``stock`` counts the pieces on hold too."""

    stock: int


class Products(RootModel[list[Product]]):
    """What a shop offers, by name."""


class OfficeProducts(RootModel[list[OfficeProduct]]):
    """What a shop offers, by name, for those who work there."""


class Catalogue:
    """Products, by way of the catalogue."""

    def __init__(self, peer: Peer) -> None:
        """Ask ``peer``."""
        self._peer = peer

    async def products(self, shop: str, within: float | None = None) -> list[Product]:
        """Return what a shop offers, ``within`` less than the usual time where that is asked for."""
        return read(Products, await self._peer.call("GET", _path(shop), within=within)).root

    async def office_products(self, shop: str, token: str) -> list[OfficeProduct]:
        """Return what a shop offers; raise RefusedError for whoever does not work there."""
        path = f"/catalogue/v1/shops/{segment(shop)}/office/products"
        return read(OfficeProducts, await self._peer.call("GET", path, token=token)).root

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
