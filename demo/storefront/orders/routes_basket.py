"""The HTTP interface of a customer's basket, ``/orders/v2``."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from demo.storefront.platform.lines import SKU
from demo.storefront.platform.signed_in import Account
from demo.storefront.platform.tenancy import Shop

from .parts import Parts
from .routes_orders import PREFIX
from .schemas import Basket, Pieces

Sku = Annotated[str, Path(pattern=SKU, examples=["earl-grey"])]


def basket_routes(parts: Parts) -> APIRouter:
    """Return the routes of the basket."""
    router = APIRouter(prefix=f"{PREFIX}/basket", tags=["basket"])

    @router.get("")
    async def show(shop: Shop, customer: Annotated[Account, Depends(parts.anybody)]) -> Basket:
        """Return the basket at the prices of now."""
        return await parts.baskets.show(shop, customer.customer_id)

    @router.put("/lines/{sku}")
    async def put(shop: Shop, sku: Sku, body: Pieces, customer: Annotated[Account, Depends(parts.anybody)]) -> Basket:
        """Have so many pieces of a product in the basket."""
        return await parts.baskets.put(shop, customer.customer_id, sku, body.quantity)

    @router.post("/lines/{sku}")
    async def add(shop: Shop, sku: Sku, body: Pieces, customer: Annotated[Account, Depends(parts.anybody)]) -> Basket:
        """Put so many pieces of a product into the basket, besides those that are there."""
        return await parts.baskets.add(shop, customer.customer_id, sku, body.quantity)

    @router.delete("/lines/{sku}")
    async def remove(shop: Shop, sku: Sku, customer: Annotated[Account, Depends(parts.anybody)]) -> Basket:
        """Take a product out of the basket, if it is there."""
        return await parts.baskets.remove(shop, customer.customer_id, sku)

    return router
