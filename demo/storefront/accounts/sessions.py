"""Who is signed in: opaque tokens, of which only a digest is kept, in the cache, for half an hour."""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from demo.storefront.platform.tenancy import NOT_SIGNED_IN, unauthorized

from .schemas import Customer, Session

if TYPE_CHECKING:
    from demo.storefront.platform.cache import Cache

SECONDS = 1800


class Sessions:
    """Signs customers in and out."""

    def __init__(self, cache: Cache) -> None:
        """Keep the sessions in ``cache``."""
        self._cache = cache

    def open(self, shop: str, customer: Customer) -> Session:
        """Sign a customer in."""
        token = secrets.token_urlsafe(32)
        self._cache.write(_key(shop, token), customer.model_dump_json(), SECONDS)
        return Session(token=token, expires_at=datetime.now(UTC) + timedelta(seconds=SECONDS), customer=customer)

    def current(self, shop: str, token: str) -> Customer:
        """Return who is signed in; raise a 401 problem where nobody is."""
        kept = self._cache.read(_key(shop, token))
        if kept is None:
            raise unauthorized(NOT_SIGNED_IN)
        return Customer.model_validate_json(kept)

    def close(self, shop: str, token: str) -> None:
        """Sign out; a token that is unknown is signed out already."""
        self._cache.forget(_key(shop, token))


def _key(shop: str, token: str) -> str:
    return f"accounts:session:{shop}:{hashlib.sha256(token.encode()).hexdigest()}"
