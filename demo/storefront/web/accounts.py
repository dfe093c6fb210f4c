"""What the pages ask accounts."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from demo.storefront.platform.logs import remember
from demo.storefront.platform.peers import Peer, PeerUnavailableError, segment
from demo.storefront.platform.tenancy import is_shop_key

from .refusals import RefusedError, refused

if TYPE_CHECKING:
    import httpx

MOST_NAMES = 10_000


class UnknownShopError(Exception):
    """There is no such shop."""


@dataclass(frozen=True)
class Shop:
    """A shop, as a page shows it."""

    key: str
    name: str

    @property
    def path(self) -> str:
        """Return where its pages are, without a slash at the end."""
        return f"/shops/{self.key}"


class Accounts:
    """Shops, customers and sessions, by way of the accounts service."""

    def __init__(self, peer: Peer) -> None:
        """Ask ``peer``."""
        self._peer = peer
        self._names: dict[str, str] = {}

    async def shop(self, key: str) -> Shop:
        """Return a shop; its last known name will do while accounts cannot be reached."""
        if not is_shop_key(key):
            raise UnknownShopError(key)
        try:
            response = await self._peer.call("GET", _path(key))
        except PeerUnavailableError:
            if key not in self._names:
                raise
            return Shop(key, self._names[key])
        if response.status_code != HTTPStatus.OK:
            raise UnknownShopError(key)
        if len(self._names) >= MOST_NAMES:
            self._names.clear()
        self._names[key] = response.json()["name"]
        return Shop(key, self._names[key])

    async def customer_name(self, shop: str, token: str) -> str | None:
        """Return the name of who is signed in, ``None`` where nobody is."""
        response = await self._peer.call("GET", _path(shop, "/sessions/current"), token=token)
        return _name(response.json()) if response.status_code == HTTPStatus.OK else None

    async def register(self, shop: str, name: str, email: str, password: str) -> None:
        """Register a customer; raise RefusedError with the reasons."""
        body = {"name": name, "email": email, "password": password}
        _accepted(await self._peer.call("POST", _path(shop, "/customers"), json=body))

    async def sign_in(self, shop: str, email: str, password: str) -> str:
        """Sign in and return the session's token; raise RefusedError with the reason."""
        body = {"email": email, "password": password}
        session = _accepted(await self._peer.call("POST", _path(shop, "/sessions"), json=body)).json()
        _name(session["customer"])
        return str(session["token"])

    async def sign_out(self, shop: str, token: str) -> None:
        """Sign out."""
        await self._peer.call("DELETE", _path(shop, "/sessions/current"), token=token)


def _path(shop: str, rest: str = "") -> str:
    return f"/accounts/v1/shops/{segment(shop)}{rest}"


def _name(customer: dict[str, str]) -> str:
    remember(customer=customer["customer_id"])
    return customer["name"]


def _accepted(response: httpx.Response) -> httpx.Response:
    if response.status_code != HTTPStatus.CREATED:
        raise refused(response)
    return response


__all__ = ["Accounts", "RefusedError", "Shop", "UnknownShopError"]
