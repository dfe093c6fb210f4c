"""What the pages ask accounts."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - pydantic reads it
from http import HTTPStatus
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, Field

from demo.storefront.platform.logs import remember
from demo.storefront.platform.peers import Peer, PeerUnavailableError, segment
from demo.storefront.platform.shops import ShopClock  # noqa: TC001 - pydantic reads it
from demo.storefront.platform.signed_in import Account
from demo.storefront.platform.tenancy import is_shop_key

from .answers import answered

MOST_SHOPS = 10_000


class UnknownShopError(Exception):
    """There is no such shop."""


class Shop(BaseModel):
    """A shop, as a page shows it."""

    key: str = Field(validation_alias="shop")
    name: str
    time_zone: str
    flags: dict[str, bool]
    clock: ShopClock

    @property
    def path(self) -> str:
        """Return where its pages are, without a slash at the end."""
        return f"/shops/{self.key}"

    @property
    def now(self) -> datetime:
        """Return the time in the shop, also while accounts cannot be reached."""
        return self.clock.now()

    @property
    def today(self) -> date:
        """Return the day that it is in the shop."""
        return self.local(self.now).date()

    def local(self, moment: datetime) -> datetime:
        """Return a moment in the shop's time zone."""
        return moment.astimezone(ZoneInfo(self.time_zone))

    def has(self, flag: str) -> bool:
        """Tell whether the shop has a feature."""
        return self.flags.get(flag, False)


class Accounts:
    """Shops, people and sessions, by way of the accounts service."""

    def __init__(self, peer: Peer) -> None:
        """Ask ``peer``."""
        self._peer = peer
        self._shops: dict[str, Shop] = {}

    async def shop(self, key: str) -> Shop:
        """Return a shop; what was last known of it will do while accounts cannot be reached."""
        if not is_shop_key(key):
            raise UnknownShopError(key)
        try:
            response = await self._peer.call("GET", _path(key))
        except PeerUnavailableError:
            if key not in self._shops:
                raise
            return self._shops[key]
        if response.status_code != HTTPStatus.OK:
            raise UnknownShopError(key)
        if len(self._shops) >= MOST_SHOPS:
            self._shops.clear()
        self._shops[key] = shop = Shop.model_validate(response.json())
        remember(flags=[flag for flag in shop.flags if shop.has(flag)])
        return shop

    async def account(self, shop: str, token: str) -> Account | None:
        """Return who is signed in, ``None`` where nobody is."""
        response = await self._peer.call("GET", _path(shop, "/sessions/current"), token=token)
        return _known(response.json()) if response.status_code == HTTPStatus.OK else None

    async def register(self, shop: str, name: str, email: str, password: str) -> None:
        """Register a customer; raise RefusedError with the reasons."""
        body = {"name": name, "email": email, "password": password}
        answered(await self._peer.call("POST", _path(shop, "/customers"), json=body), HTTPStatus.CREATED)

    async def sign_in(self, shop: str, email: str, password: str) -> str:
        """Sign in and return the session's token; raise RefusedError with the reason."""
        body = {"email": email, "password": password}
        response = await self._peer.call("POST", _path(shop, "/sessions"), json=body)
        session = answered(response, HTTPStatus.CREATED).json()
        _known(session["customer"])
        return str(session["token"])

    async def sign_out(self, shop: str, token: str) -> None:
        """Sign out."""
        await self._peer.call("DELETE", _path(shop, "/sessions/current"), token=token)


def _path(shop: str, rest: str = "") -> str:
    return f"/accounts/v1/shops/{segment(shop)}{rest}"


def _known(customer: dict[str, Any]) -> Account:
    account = Account.model_validate(customer)
    remember(customer=account.customer_id)
    return account
