"""Who is signed in: opaque tokens, of which only a digest is kept, in the cache.

A session ends by the shop's clock, which a test environment may turn; the cache's own time to live is a bound above.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import BaseModel

from demo.storefront.platform.tenancy import NOT_SIGNED_IN, unauthorized

from .schemas import Customer, Session

if TYPE_CHECKING:
    from demo.storefront.platform.cache import Cache
    from demo.storefront.platform.shops import ShopProfile

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
KEEP_SECONDS = int(LONGEST.total_seconds())


class KeptSession(BaseModel):
    """What is kept of a session: whose it is, when it was opened, and when it was last used."""

    customer: Customer
    opened_at: datetime
    seen_at: datetime

    @property
    def expires_at(self) -> datetime:
        """Return when the session ends if it is not used before: at this moment it has ended."""
        return min(self.seen_at + IDLE, self.opened_at + LONGEST)

    def used(self, now: datetime) -> KeptSession:
        """Return the session as it is after it was used; a clock that was put back makes it no older."""
        return self.model_copy(update={"seen_at": max(self.seen_at, now)})


class Sessions:
    """Signs customers in and out."""

    def __init__(self, cache: Cache) -> None:
        """Keep the sessions in ``cache``."""
        self._cache = cache

    def open(self, shop: ShopProfile, customer: Customer) -> Session:
        """Sign a customer in."""
        token, now = secrets.token_urlsafe(32), shop.now()
        kept = KeptSession(customer=customer, opened_at=now, seen_at=now)
        self._cache.write(_key(shop.shop, token), kept.model_dump_json(), KEEP_SECONDS)
        return Session(token=token, expires_at=kept.expires_at, customer=customer)

    def use(self, shop: ShopProfile, token: str) -> Customer:
        """Return who is signed in, which counts as use; raise a 401 problem where nobody is, or is any more."""
        key, now = _key(shop.shop, token), shop.now()
        text = self._cache.read(key)
        kept = KeptSession.model_validate_json(text) if text is not None else None
        if kept is None or now >= kept.expires_at:
            raise unauthorized(NOT_SIGNED_IN)
        # Whoever signs out at this very moment stays signed out: what is gone is not kept anew.
        self._cache.rewrite(key, kept.used(now).model_dump_json(), KEEP_SECONDS)
        return kept.customer

    def close(self, shop: ShopProfile, token: str) -> None:
        """Sign out; a token that is unknown is signed out already."""
        self._cache.forget(_key(shop.shop, token))


def _key(shop: str, token: str) -> str:
    return f"accounts:session:{shop}:{hashlib.sha256(token.encode()).hexdigest()}"
