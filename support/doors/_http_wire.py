"""Requests as all doors send them that speak HTTP: with the scenario's identity, and each one kept as evidence."""

from __future__ import annotations

import json as jsonlib
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from ..core import PartUnavailable, PromiseBroken, RehearsalError
from ._exhibits import SaidOnce
from ._http_exchange import exchange, failed_exchange

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    from ..core import EvidenceSink, ScenarioIdentity

_SHOWN: Final = 300  # characters of a body in an error message
_STATUSES: Final = frozenset(HTTPStatus)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `headers` are found in any case, `elapsed` is in seconds up to the last byte."""

    method: str
    url: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    elapsed: float

    @property
    def text(self) -> str:
        """The body as text: in the charset that the answer names, else in UTF-8; undecodable bytes are replaced."""
        _, _, named = self.headers.get("Content-Type", "").lower().partition("charset=")
        try:
            return self.content.decode(named.partition(";")[0].strip(' "') or "utf-8", "replace")
        except LookupError:
            return self.content.decode("utf-8", "replace")

    def json(self) -> Any:  # noqa: ANN401 - JSON is what it is
        """The body as a JSON value; PromiseBroken if it is none."""
        try:
            return jsonlib.loads(self.content)
        except ValueError:
            msg = f"{self.method} {self.url} was expected to answer with JSON, but it says {self}"
            raise PromiseBroken(msg) from None

    def __str__(self) -> str:
        """The status and the beginning of the body, for a message: "409 Conflict: ..."."""
        title = HTTPStatus(self.status).phrase if self.status in _STATUSES else ""
        body = self.text
        shown = body if len(body) <= _SHOWN else f"{body[:_SHOWN]}..."
        return f"{self.status} {title}".strip() + (f": {shown}" if shown else "")


class Wire:
    """A session that keeps cookies as a browser would, follows no redirect and uses no proxy of the environment.

    `address` is where it leads, for an error message; `part` is who does not answer, when nobody does.
    """

    def __init__(self, address: str, part: str, identity: ScenarioIdentity, evidence: EvidenceSink) -> None:
        self._address, self._part = address, part
        self._identity, self._evidence = identity, SaidOnce(evidence)
        self._opened: requests.Session | None = None

    def send(
        self,
        method: str,
        url: str,
        *,
        json: object = None,
        body: str | bytes | Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float,
    ) -> Answer:
        """The answer; PartUnavailable if none comes, RehearsalError if it cannot even be asked."""
        import requests

        named = {**self._identity.headers(), **(headers or {})}
        request = requests.Request(method, url, headers=named, json=json, data=body)
        try:
            prepared = self._session().prepare_request(request)
            self._session().get_adapter(str(prepared.url))
        except (requests.RequestException, ValueError) as error:
            msg = f"{method} {url} is no request that can be sent: {error}. The address is {self._address!r}."
            raise RehearsalError(msg) from error
        return self._sent(prepared, timeout)

    def close(self) -> None:
        """Close all connections and forget all cookies."""
        session, self._opened = self._opened, None
        if session is not None:
            session.close()

    def _sent(self, request: requests.PreparedRequest, timeout: float) -> Answer:
        import requests

        began = time.perf_counter()
        try:
            response = self._session().send(request, timeout=timeout, allow_redirects=False)
        except requests.RequestException as error:
            reason = _reason(error, timeout)
            self._evidence.keep(failed_exchange(request, reason), same=(request.method, request.url, reason))
            msg = f"{request.method} {request.url}: {reason}."
            raise PartUnavailable(self._part, msg) from error
        answer = Answer(
            str(request.method),
            str(request.url),
            response.status_code,
            response.headers,
            response.content,
            time.perf_counter() - began,
        )
        self._evidence.keep(
            exchange(request, response, answer.elapsed),
            same=(answer.method, answer.url, request.body, answer.status, answer.content),
        )
        return answer

    def _session(self) -> requests.Session:
        if self._opened is None:
            import requests

            self._opened = requests.Session()
            self._opened.trust_env = False
        return self._opened


def _reason(error: Exception, timeout: float) -> str:
    import requests

    if isinstance(error, requests.ConnectTimeout):
        return f"no connection within {timeout:g} s"
    if isinstance(error, requests.Timeout):
        return f"no answer within {timeout:g} s"
    text = str(error)
    if "Connection refused" in text:
        return "connection refused; nothing listens there"
    if "resolve" in text or "Name or service not known" in text:
        return "the host name is not known"
    if "RemoteDisconnected" in text or "reset by peer" in text:
        return "the connection was closed before an answer came"
    return f"no answer ({type(error).__name__}: {text[:_SHOWN]})"
