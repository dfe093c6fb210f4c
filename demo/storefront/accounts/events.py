"""What accounts tells the other services."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING

from pydantic import BaseModel

from demo.storefront.platform.events import Event
from demo.storefront.platform.signed_in import Role  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from demo.storefront.platform.shops import ShopProfile

    from .schemas import Customer


class CustomerRegistered(BaseModel):
    """Somebody became a customer of a shop."""

    customer_id: str
    name: str
    email: str
    role: Role
    registered_at: datetime
    shop_name: str


class CustomerLocked(BaseModel):
    """An account was locked, because a wrong password was tried too often."""

    customer_id: str
    name: str
    email: str
    locked_until: datetime
    shop_name: str


REGISTERED, LOCKED = "customer.registered", "customer.locked"
EVENTS: dict[str, type[BaseModel]] = {REGISTERED: CustomerRegistered, LOCKED: CustomerLocked}


def customer_registered(shop: ShopProfile, customer: Customer) -> Event:
    """Return the event of a new customer."""
    return _event(REGISTERED, shop, CustomerRegistered(**customer.model_dump(), shop_name=shop.name))


def customer_locked(shop: ShopProfile, customer: Customer, locked_until: datetime) -> Event:
    """Return the event of an account that is locked from now on."""
    who = customer.model_dump(include={"customer_id", "name", "email"})
    return _event(LOCKED, shop, CustomerLocked(**who, locked_until=locked_until, shop_name=shop.name))


def _event(name: str, shop: ShopProfile, data: CustomerRegistered | CustomerLocked) -> Event:
    return Event.now(
        type=name,
        source="/storefront/accounts",
        shop=shop.shop,
        subject=data.customer_id,
        data=data.model_dump(mode="json"),
    )
