"""Rate limits: so many requests of a shop, and of one account, in each minute of the shop's clock."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

import structlog

from .cache import CacheError
from .problems import Problem

if TYPE_CHECKING:
    from .cache import Cache
    from .settings import RateLimits
    from .shops import ShopProfile

WINDOW = 60
TOO_MANY = "That was too fast. Try again in a minute."
log = structlog.get_logger()


class Limits:
    """Counts requests in the cache, for all processes of a service together; without the cache nobody is refused."""

    def __init__(self, cache: Cache, service: str, allowed: RateLimits) -> None:
        """Count in ``cache`` for ``service``, and let pass what is ``allowed``."""
        self._cache, self._service, self._allowed = cache, service, allowed

    async def check(self, profile: ShopProfile, account: str | None = None) -> None:
        """Count a request; raise a 429 problem where there were too many."""
        try:
            accepted = await asyncio.to_thread(self._accepts, profile, account)
        except CacheError as error:
            log.warning("limits.bypassed", reason=str(error))
            return
        if not accepted:
            log.info("request.limited")
            seconds = WINDOW - int(profile.now().timestamp()) % WINDOW
            headers = {"Retry-After": str(seconds)}
            raise Problem(HTTPStatus.TOO_MANY_REQUESTS, "too-many-requests", TOO_MANY, headers=headers)

    def _accepts(self, profile: ShopProfile, account: str | None) -> bool:
        """Count for the account first: what an account is refused does not use up its shop's share."""
        minute = int(profile.now().timestamp()) // WINDOW
        place = f"{self._service}:requests:{profile.shop}"
        most = self._allowed.per_account
        if account is not None and most is not None and self._count(f"{place}:{account}:{minute}") > most:
            return False
        return self._count(f"{place}:{minute}") <= self._allowed.per_shop

    def _count(self, key: str) -> int:
        return self._cache.count(key, 2 * WINDOW)
