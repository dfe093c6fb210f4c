"""HTTP: one request, one answer, both kept as evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from ..core import EVERYTHING, SAFE_METHODS
from ._http_wire import Answer, Wire

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..core import EvidenceSink, Permit, ScenarioIdentity

__all__ = ["Answer", "HttpDoor"]


class HttpDoor:
    """HTTP to one address, and through full URLs to any other.

    It keeps cookies as a browser would, and follows no redirect: the answer is what was said to this request.
    Proxies of the environment are not used.
    """

    def __init__(
        self,
        address: str,
        identity: ScenarioIdentity,
        evidence: EvidenceSink,
        *,
        part: str = "",
        permit: Permit = EVERYTHING,
    ) -> None:
        self.address, self._permit = address, permit
        self._wire = Wire(address, part or urlsplit(address).netloc or address, identity, evidence)

    def request(
        self,
        method: str,
        url: str,
        *,
        json: object = None,
        body: str | bytes | Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = 10.0,
    ) -> Answer:
        """The answer to one request; `url` is a path under the address, or a full URL.

        `json` is sent as JSON; `body` as it is, a mapping as a form. PartUnavailable if nothing answers; `timeout`
        is how long it may be silent. NotPermitted, and nothing is sent, where nothing may be written and the method is
        none of GET, HEAD, OPTIONS.
        """
        if method.upper() not in SAFE_METHODS:
            self._permit.demand("write", f"{method.upper()} {self._full(url)}")
        return self._wire.send(method.upper(), self._full(url), json=json, body=body, headers=headers, timeout=timeout)

    def get(self, url: str, *, headers: Mapping[str, str] | None = None, timeout: float = 10.0) -> Answer:
        """The answer to GET."""
        return self.request("GET", url, headers=headers, timeout=timeout)

    def delete(self, url: str, *, headers: Mapping[str, str] | None = None, timeout: float = 10.0) -> Answer:
        """The answer to DELETE."""
        return self.request("DELETE", url, headers=headers, timeout=timeout)

    def post(
        self, url: str, *, json: object = None, headers: Mapping[str, str] | None = None, timeout: float = 10.0
    ) -> Answer:
        """The answer to POST."""
        return self.request("POST", url, json=json, headers=headers, timeout=timeout)

    def put(
        self, url: str, *, json: object = None, headers: Mapping[str, str] | None = None, timeout: float = 10.0
    ) -> Answer:
        """The answer to PUT."""
        return self.request("PUT", url, json=json, headers=headers, timeout=timeout)

    def patch(
        self, url: str, *, json: object = None, headers: Mapping[str, str] | None = None, timeout: float = 10.0
    ) -> Answer:
        """The answer to PATCH."""
        return self.request("PATCH", url, json=json, headers=headers, timeout=timeout)

    def close(self) -> None:
        """Close all connections and forget all cookies."""
        self._wire.close()

    def _full(self, url: str) -> str:
        if "://" in url:
            return url
        return urljoin(f"{self.address.rstrip('/')}/", url.lstrip("/"))
