"""What every service needs to know of a shop: its name, time zone, feature flags, and what time it is there.

Accounts knows the truth and writes it to the cache with each change; the others read it there, ask accounts where the
cache does not have it, and go on with what they knew last while neither answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping  # noqa: TC003 - pydantic reads it
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import structlog
from pydantic import BaseModel, ConfigDict

from .cache import CacheError
from .flags import FLAGS
from .logs import remember
from .peers import PeerUnavailableError, segment
from .problems import Problem, unavailable
from .tenancy import Shop  # noqa: TC001 - FastAPI reads it

if TYPE_CHECKING:
    from .cache import Cache
    from .peers import Peer

KEEP_SECONDS = 24 * 3600
MOST_REMEMBERED = 10_000
log = structlog.get_logger()


class ShopClock(BaseModel):
    """The clock of one shop: the real one, unless a test environment turned or stopped it."""

    model_config = ConfigDict(frozen=True)

    ahead_seconds: float = 0.0
    stopped_at: datetime | None = None

    def now(self) -> datetime:
        """Return the time in the shop, in UTC."""
        return self.stopped_at or datetime.now(UTC) + timedelta(seconds=self.ahead_seconds)


class ShopProfile(BaseModel):
    """A shop, as all services know it."""

    model_config = ConfigDict(frozen=True)

    shop: str
    name: str
    time_zone: str = "Europe/London"
    flags: Mapping[str, bool] = {}
    clock: ShopClock = ShopClock()

    def now(self) -> datetime:
        """Return the time in the shop, in UTC; no rule of business asks any other clock."""
        return self.clock.now()

    def today(self) -> date:
        """Return the day that it is in the shop."""
        return self.now().astimezone(ZoneInfo(self.time_zone)).date()

    def features(self) -> list[str]:
        """Return the names of the features that the shop has."""
        return [flag for flag in FLAGS if self.has(flag)]

    def has(self, flag: str) -> bool:
        """Tell whether the shop has a feature."""
        return self.flags.get(flag, FLAGS[flag])


class Directory:
    """Finds shops, for the services that do not keep them."""

    def __init__(self, cache: Cache, accounts: Peer) -> None:
        """Read from ``cache``, and ask ``accounts`` for what is not there."""
        self._cache, self._accounts = cache, accounts
        self._known: dict[str, ShopProfile] = {}

    async def __call__(self, shop: Shop) -> ShopProfile:
        """Return the shop that a request's path names; as a dependency of routes."""
        profile = await self.find(shop)
        remember(flags=profile.features())
        return profile

    async def find(self, shop: str) -> ShopProfile:
        """Return a shop; raise a 404 problem where it is not open, 503 where nobody can say."""
        try:
            profile = await self._current(shop)
        except PeerUnavailableError as error:
            if shop not in self._known:
                raise unavailable(error.peer) from error
            return self._known[shop]
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[shop] = profile
        return profile

    async def _current(self, shop: str) -> ShopProfile:
        """Return a shop as the cache knows it, or else accounts; raise PeerUnavailableError where neither answers."""
        try:
            kept = await asyncio.to_thread(self._kept, shop)
        except CacheError as error:
            log.warning("cache.bypassed", reason=str(error))
            return await self._ask(shop)
        return kept or await self._fill_gap(await self._ask(shop))

    def _kept(self, shop: str) -> ShopProfile | None:
        text = self._cache.read(profile_key(shop))
        return ShopProfile.model_validate_json(text) if text is not None else None

    async def _ask(self, shop: str) -> ShopProfile:
        response = await self._accounts.call("GET", f"/accounts/v1/shops/{segment(shop)}")
        if response.status_code != HTTPStatus.OK:
            raise unknown_shop(shop)
        return ShopProfile.model_validate(response.json())

    async def _fill_gap(self, profile: ShopProfile) -> ShopProfile:
        """Keep a shop where none is kept: accounts overwrites with each change, so a slow reader restores no past."""
        key, text = profile_key(profile.shop), profile.model_dump_json()
        try:
            await asyncio.to_thread(self._cache.write_new, key, text, KEEP_SECONDS)
        except CacheError as error:
            log.warning("cache.bypassed", reason=str(error))
        return profile


def profile_key(shop: str) -> str:
    """Return where the cache keeps a shop's profile."""
    return f"shops:{shop}"


def unknown_shop(shop: str) -> Problem:
    """Return the problem of a shop that is not open."""
    return Problem(HTTPStatus.NOT_FOUND, "unknown-shop", f"There is no shop {shop!r}.")
