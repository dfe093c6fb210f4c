"""Signing in: the right password opens a session, the wrong one counts towards a lockout."""

from __future__ import annotations

import math
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog

from demo.storefront.platform.problems import Problem
from demo.storefront.platform.tenancy import unauthorized

from .events import customer_locked
from .failures import claim_tally, clear_outdated, drop_tally, keep_tally, read_tally
from .passwords import is_password

if TYPE_CHECKING:
    from datetime import datetime

    import sqlalchemy as sa

    from demo.storefront.platform.database import Database
    from demo.storefront.platform.outbox import Outbox
    from demo.storefront.platform.shops import ShopProfile

    from .customers import Customers, KnownCustomer
    from .lockout import Tally
    from .schemas import Credentials, Customer

WRONG = "The e-mail address or the password is wrong."
log = structlog.get_logger()


class SigningIn:
    """Recognises customers by their passwords, and locks an address that is tried too often.

    An address that nobody has is treated as any other, in words and in time, so that the answers do not tell which
    addresses a shop knows.
    """

    def __init__(self, database: Database, outbox: Outbox, customers: Customers) -> None:
        """Look among ``customers``, count in ``database``, and tell of lockouts through ``outbox``."""
        self._database, self._outbox, self._customers = database, outbox, customers

    def recognise(self, shop: ShopProfile, credentials: Credentials) -> Customer:
        """Return the customer whose password this is; raise a 401 problem, or 423 where the address is locked.

        Checking a password takes long, so nothing is claimed meanwhile. What was found is acted upon only once the
        tally is claimed: of passwords tried at the same time no more than five have an answer that tells anything.
        """
        email = credentials.email
        with self._database.transaction() as connection:
            _refuse_locked(read_tally(connection, shop.shop, email), shop.now())
        known = self._customers.find(shop.shop, email)
        fits = is_password(known.password_hash if known else None, credentials.password)
        with self._outbox.transaction() as connection:
            tally = claim_tally(connection, shop.shop, email, shop.now())
            _refuse_locked(tally, shop.now())
            if known and fits:
                drop_tally(connection, shop.shop, email)
                return known.customer
            tally = self._count(connection, shop, email, tally, known)
        _refuse_locked(tally, shop.now())
        log.info("session.refused", reason="wrong")
        raise unauthorized(WRONG)

    def _count(
        self, connection: sa.Connection, shop: ShopProfile, email: str, tally: Tally, known: KnownCustomer | None
    ) -> Tally:
        """Count a wrong password in a claimed tally; tell a customer whose account is locked by it."""
        now = shop.now()
        tally = tally.after_failure(now)
        keep_tally(connection, shop.shop, email, tally)
        clear_outdated(connection, shop.shop, now)
        if known and tally.locked_until:
            self._outbox.add(connection, customer_locked(shop, known.customer, tally.locked_until))
            log.info("customer.locked", customer=known.customer.customer_id)
        return tally


def _refuse_locked(tally: Tally, now: datetime) -> None:
    if tally.locked_until and tally.is_locked(now):
        log.info("session.refused", reason="locked")
        seconds = math.ceil((tally.locked_until - now).total_seconds())
        raise Problem(HTTPStatus.LOCKED, "locked", too_often(seconds), headers={"Retry-After": str(seconds)})


def too_often(seconds: int) -> str:
    """Say that an address is locked, and for how long still: in whole minutes, of which the last may have begun."""
    minutes = math.ceil(seconds / 60)
    return f"Too many wrong passwords. Try again in {'a minute' if minutes == 1 else f'{minutes} minutes'}."
