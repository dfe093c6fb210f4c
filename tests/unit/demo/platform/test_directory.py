"""Where a service learns what it needs to know of a shop."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest
import valkey

from demo.storefront.platform.cache import Cache
from demo.storefront.platform.peers import Peer, PeerUnavailableError
from demo.storefront.platform.problems import Problem
from demo.storefront.platform.shops import Directory

AWAY = PeerUnavailableError("accounts", "away", may_have_acted=False)


class _Cache(Cache):
    """A cache that is away, or else empty."""

    def __init__(self) -> None:
        self.is_away, self.kept = False, list[str]()

    def read(self, key: str) -> str | None:
        assert key == "shops:adas-tea"
        if self.is_away:
            raise valkey.ConnectionError
        return None

    def write_new(self, key: str, text: str, seconds: int) -> None:
        assert (key, seconds > 0) == ("shops:adas-tea", True)
        self.kept.append(text)


class _Accounts(Peer):
    """Accounts, where a shop has a name, or nobody answers."""

    def __init__(self, name: str | None = "Ada's Tea") -> None:
        self.name = name

    async def call(self, method: str, path: str, **_more: Any) -> httpx.Response:  # noqa: ANN401
        assert (method, path) == ("GET", "/accounts/v1/shops/adas-tea")
        if self.name is None:
            raise AWAY
        return httpx.Response(200, json={"shop": "adas-tea", "name": self.name})


async def names(cache: _Cache, accounts: _Accounts, *later: str | None) -> list[str]:
    """Return what the shop is called, first in calm and then without the cache as accounts calls it ``later``."""
    directory = Directory(cache, accounts)
    found = [(await directory.find("adas-tea")).name]
    cache.is_away = True
    for name in later:
        accounts.name = name
        found.append((await directory.find("adas-tea")).name)
    return found


def test_gap_in_the_cache_is_filled() -> None:
    """What accounts tells is kept for the next one who asks."""
    cache = _Cache()
    assert asyncio.run(names(cache, _Accounts())) == ["Ada's Tea"]
    assert len(cache.kept) == 1


def test_without_the_cache_accounts_knows_better_than_memory() -> None:
    """A change reaches a service also while the cache is away; memory serves only where accounts is away too."""
    found = asyncio.run(names(_Cache(), _Accounts(), "Ada's Coffee", None))
    assert found == ["Ada's Tea", "Ada's Coffee", "Ada's Coffee"]


def test_shop_that_nobody_can_tell_of_is_unavailable() -> None:
    """What was never known is not taken for a shop that does not exist."""
    with pytest.raises(Problem) as raised:
        asyncio.run(Directory(_Cache(), _Accounts(None)).find("adas-tea"))
    assert raised.value.status == 503
