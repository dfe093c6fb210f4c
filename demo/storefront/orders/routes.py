"""The HTTP interface of orders, ``/orders/v1``."""

import re
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Response

from demo.storefront.platform.problems import Problem
from demo.storefront.platform.tenancy import Shop, operator_only

from .catalogue import Catalogue
from .customers import SignedIn
from .placing import Placing
from .reading import Reading
from .rules import IDEMPOTENCY_KEY, SKU
from .schemas import Customer, NewOrder, NewProduct, Order, Product

Sku = Annotated[str, Path(pattern=SKU, examples=["earl-grey"])]


def idempotency_key(
    key: Annotated[str | None, Header(alias="Idempotency-Key", description="Required; new for each new order.")] = None,
) -> str:
    """Return the key of a submission; raise a 400 problem without one."""
    if key is None or not re.fullmatch(IDEMPOTENCY_KEY, key):
        detail = "Send the header 'Idempotency-Key' with 1 to 200 visible characters, new for each new order."
        raise Problem(HTTPStatus.BAD_REQUEST, "idempotency-key-required", detail)
    return key


def order_routes(
    operator_key: str, signed_in: SignedIn, catalogue: Catalogue, placing: Placing, reading: Reading
) -> APIRouter:
    """Return the routes of orders."""
    router = APIRouter(prefix="/orders/v1/shops/{shop}", tags=["orders"])
    _add_products(router, operator_key, catalogue)
    _add_placing(router, signed_in, placing)
    _add_reading(router, signed_in, reading)
    return router


def _add_products(router: APIRouter, operator_key: str, catalogue: Catalogue) -> None:
    @router.put("/products/{sku}", dependencies=[Depends(operator_only(operator_key))])
    def offer(shop: Shop, sku: Sku, body: NewProduct, response: Response) -> Product:
        """Offer a product (201), or change one that is offered (200)."""
        product, is_new = catalogue.offer(shop, sku, body)
        response.status_code = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        return product

    @router.get("/products")
    def products(shop: Shop) -> list[Product]:
        """Return what a shop offers, by name."""
        return catalogue.products(shop)


def _add_placing(router: APIRouter, signed_in: SignedIn, placing: Placing) -> None:
    @router.post("/orders", status_code=HTTPStatus.CREATED)
    def place(
        shop: Shop,
        customer: Annotated[Customer, Depends(signed_in)],
        key: Annotated[str, Depends(idempotency_key)],
        body: NewOrder,
        response: Response,
    ) -> Order:
        """Place an order; the same key and body again give the same answer and no second order."""
        order, replayed = placing.place(shop, customer, key, body)
        if replayed:
            response.headers["Idempotency-Replayed"] = "true"
        return order


def _add_reading(router: APIRouter, signed_in: SignedIn, reading: Reading) -> None:
    @router.get("/orders")
    def orders(shop: Shop, customer: Annotated[Customer, Depends(signed_in)]) -> list[Order]:
        """Return the customer's orders, newest first."""
        return reading.orders(shop, customer.customer_id)

    @router.get("/orders/{order_id}")
    def order(shop: Shop, order_id: str, customer: Annotated[Customer, Depends(signed_in)]) -> Order:
        """Return one of the customer's orders."""
        return reading.order(shop, customer.customer_id, order_id)
