"""The shop that a request's path names, unless too many requests were for it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from demo.storefront.platform.shops import ShopProfile  # noqa: TC001 - FastAPI reads it
from demo.storefront.platform.tenancy import Shop  # noqa: TC001 - FastAPI reads it

if TYPE_CHECKING:
    from demo.storefront.platform.limits import Limits

    from .shops import Shops


class Limited:
    """A dependency of routes that anybody may call and that cost something."""

    def __init__(self, shops: Shops, limits: Limits) -> None:
        """Find the shop among ``shops`` and count each call against its ``limits``."""
        self._shops, self._limits = shops, limits

    async def __call__(self, shop: Shop) -> ShopProfile:
        """Return the shop; raise a 404 problem where it is not open, 429 where too many requests were for it."""
        profile = await asyncio.to_thread(self._shops.find, shop)
        await self._limits.check(profile)
        return profile
