"""The accounts of each shop: its customers, and the people who work there."""

from __future__ import annotations

import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.logs import remember
from demo.storefront.platform.problems import Problem

from .events import customer_registered
from .passwords import hash_password
from .schemas import Customer, Employment, Registration
from .tables import CUSTOMER

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database
    from demo.storefront.platform.outbox import Outbox
    from demo.storefront.platform.shops import ShopProfile

log = structlog.get_logger()


class KnownCustomer(NamedTuple):
    """A customer, and what is kept of the password."""

    customer: Customer
    password_hash: str


class Customers:
    """Registers customers and staff, and finds them."""

    def __init__(self, database: Database, outbox: Outbox) -> None:
        """Keep the accounts in ``database``, and tell of new customers through ``outbox``."""
        self._database, self._outbox = database, outbox

    def register(self, shop: ShopProfile, registration: Registration) -> Customer:
        """Register a customer; raise a 409 problem where the shop knows the e-mail address already."""
        customer = _new(shop, registration)
        password_hash = hash_password(registration.password)  # before the transaction, which stays short
        with self._outbox.transaction() as connection:
            _store(connection, shop, customer, password_hash)
            self._outbox.add(connection, customer_registered(shop, customer))
        _log("customer.registered", customer)
        return customer

    def employ(self, shop: ShopProfile, employment: Employment) -> Customer:
        """Give somebody who works in the shop an account; nobody else is told. 409 as for customers."""
        employee = _new(shop, employment).model_copy(update={"role": employment.role})
        password_hash = hash_password(employment.password)
        with self._database.transaction() as connection:
            _store(connection, shop, employee, password_hash)
        _log("staff.registered", employee)
        return employee

    def find(self, shop: str, email: str) -> KnownCustomer | None:
        """Return the account with this e-mail address."""
        query = sa.select(CUSTOMER).where(CUSTOMER.c.shop == shop, CUSTOMER.c.email == email)
        with self._database.transaction() as connection:
            row = connection.execute(query).mappings().one_or_none()
        return KnownCustomer(Customer.model_validate(dict(row)), row["password_hash"]) if row else None


def _new(shop: ShopProfile, registration: Registration) -> Customer:
    return Customer(
        customer_id=str(uuid.uuid4()),
        name=registration.name,
        email=registration.email,
        role="customer",
        registered_at=shop.now(),
    )


def _store(connection: sa.Connection, shop: ShopProfile, customer: Customer, password_hash: str) -> None:
    row = insert(CUSTOMER).values(shop=shop.shop, password_hash=password_hash, **customer.model_dump())
    once = row.on_conflict_do_nothing(constraint="customer_email_is_unique_in_its_shop")
    if not connection.execute(once.returning(CUSTOMER.c.customer_id)).scalar_one_or_none():
        raise Problem(HTTPStatus.CONFLICT, "email-taken", "An account with this e-mail address already exists.")


def _log(event: str, customer: Customer) -> None:
    remember(customer=customer.customer_id)
    log.info(event, role=customer.role)
