"""Calls to the other services, through the mesh where ``HTTP_PROXY`` names its listener."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import structlog
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor

from .patience import reason

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_REACHED = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)
UNDECIDED = (HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT, HTTPStatus.INTERNAL_SERVER_ERROR)
NOTHING_DONE = "/problems/nothing-done"
TO_CONNECT = 0.8  # the part of a call's time after which it is certain that nothing was sent
log = structlog.get_logger()


class PeerUnavailableError(Exception):
    """A peer could not be asked, or did not answer; ``may_have_acted`` tells whether it may have done its work."""

    def __init__(self, peer: str, why: str, *, may_have_acted: bool) -> None:
        """Say which ``peer`` it was and ``why``."""
        super().__init__(f"{peer}: {why}")
        self.peer, self.may_have_acted = peer, may_have_acted


class Peer:
    """Another service of the platform."""

    def __init__(self, name: str, base_url: str, timeout: float) -> None:
        """Prepare to call ``base_url``, each call for at most ``timeout`` seconds."""
        self._name, self._timeout = name, timeout
        self._client = httpx.AsyncClient(base_url=base_url)
        HTTPXClientInstrumentor.instrument_client(self._client)

    async def call(
        self,
        method: str,
        path: str,
        *,
        token: str | None = None,
        json: Any = None,  # noqa: ANN401 - any JSON
        headers: Mapping[str, str] | None = None,
        within: float | None = None,
    ) -> httpx.Response:
        """Return the peer's answer below 500; raise PeerUnavailableError where none came ``within`` time."""
        sent = dict(headers or {})
        if token is not None:
            sent["Authorization"] = f"Bearer {token}"
        within = within or self._timeout
        limits = httpx.Timeout(within, connect=TO_CONNECT * within, pool=TO_CONNECT * within)
        try:
            async with asyncio.timeout(within):  # httpx measures from byte to byte
                response = await self._client.request(method, path, json=json, headers=sent, timeout=limits)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            raise self._unavailable(reason(error), may_have_acted=not isinstance(error, NOT_REACHED)) from error
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            why = f"status {response.status_code}"
            raise self._unavailable(why, may_have_acted=may_have_acted(response))
        return response

    async def close(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    def _unavailable(self, why: str, *, may_have_acted: bool) -> PeerUnavailableError:
        log.warning("peer.unavailable", peer=self._name, reason=why, may_have_acted=may_have_acted)
        return PeerUnavailableError(self._name, why, may_have_acted=may_have_acted)


def may_have_acted(response: httpx.Response) -> bool:
    """Tell whether the work may be done although the answer is an error.

    503 means that it is not, unless the mesh says that the connection broke while it waited for the answer. A problem
    of the kind ``nothing-done`` says itself that it is not.
    """
    if NOTHING_DONE in response.text:
        return False
    return response.status_code in UNDECIDED or "connection termination" in response.text


def segment(text: str) -> str:
    """Return ``text`` as one segment of a path."""
    return quote(text, safe="")
