"""The routes by which accounts are made: customers register, the operator employs."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends

from demo.storefront.platform.shops import ShopProfile
from demo.storefront.platform.tenancy import operator_only

from .customers import Customers
from .limited import Limited
from .schemas import Customer, Employment, Registration
from .shops import Shops


def customer_routes(prefix: str, operator_key: str, shops: Shops, limited: Limited, customers: Customers) -> APIRouter:
    """Return the routes of accounts."""
    router = APIRouter(prefix=prefix, tags=["accounts"])

    @router.post("/customers", status_code=HTTPStatus.CREATED)
    def register(profile: Annotated[ShopProfile, Depends(limited)], body: Registration) -> Customer:
        """Register a customer; an e-mail address may be registered once in each shop."""
        return customers.register(profile, body)

    @router.post("/staff", status_code=HTTPStatus.CREATED, dependencies=[Depends(operator_only(operator_key))])
    def employ(profile: Annotated[ShopProfile, Depends(shops.find)], body: Employment) -> Customer:
        """Give somebody who works in the shop an account; it signs in as a customer's does."""
        return customers.employ(profile, body)

    return router
