"""The customers of each shop."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.events import Event
from demo.storefront.platform.logs import remember
from demo.storefront.platform.problems import Problem

from .passwords import hash_password, is_password
from .schemas import Credentials, Customer, Registration, Shop
from .tables import CUSTOMER

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database
    from demo.storefront.platform.outbox import Outbox

log = structlog.get_logger()


class Customers:
    """Registers customers and recognises them."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        """Keep the customers in ``database``, and tell of new ones through ``outbox``."""
        self._database, self._outbox = database, outbox

    def register(self, shop: Shop, registration: Registration) -> Customer:
        """Register a customer; raise a 409 problem where the shop knows the e-mail address already."""
        customer = Customer(
            customer_id=str(uuid.uuid4()),
            name=registration.name,
            email=registration.email,
            registered_at=datetime.now(UTC),
        )
        password_hash = hash_password(registration.password)  # before the transaction, which stays short
        row = insert(CUSTOMER).values(shop=shop.shop, password_hash=password_hash, **customer.model_dump())
        once = row.on_conflict_do_nothing(constraint="customer_email_is_unique_in_its_shop")
        with self._outbox.transaction() as connection:
            if not connection.execute(once.returning(CUSTOMER.c.customer_id)).scalar_one_or_none():
                raise Problem(HTTPStatus.CONFLICT, "email-taken", "An account with this e-mail address already exists.")
            self._outbox.add(connection, _registered(shop, customer))
        remember(customer=customer.customer_id)
        log.info("customer.registered")
        return customer

    def recognise(self, shop: str, credentials: Credentials) -> Customer | None:
        """Return the customer whose e-mail address and password these are."""
        email = credentials.email.strip().lower()
        known = sa.select(CUSTOMER).where(CUSTOMER.c.shop == shop, CUSTOMER.c.email == email)
        with self._database.transaction() as connection:
            row = connection.execute(known).mappings().one_or_none()
        fits = is_password(row["password_hash"] if row else None, credentials.password)
        return Customer.model_validate(dict(row)) if row and fits else None


def _registered(shop: Shop, customer: Customer) -> Event:
    return Event.now(
        type="customer.registered",
        source="/storefront/accounts",
        shop=shop.shop,
        subject=customer.customer_id,
        data={**customer.model_dump(mode="json"), "shop_name": shop.name},
    )
