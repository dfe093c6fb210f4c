"""The evidence of one HTTP exchange.

Headers reach the sink twice: as the keys of a mapping, and one a line; secret ones are redacted in both forms. The
curl command therefore reads its headers from lines of its own.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..core import Exhibit
from ._exhibits import bounded, readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests


def exchange(request: requests.PreparedRequest, response: requests.Response, elapsed: float) -> Exhibit:
    """What was asked and what was answered; `elapsed` is in seconds."""
    sent, received = _sent(request), readable(response.content, response.headers.get("Content-Type", ""))
    answer = {
        "status": response.status_code,
        "reason": response.reason or "",
        "headers": dict(response.headers),
        "body": received,
    }
    lines = f"< {response.status_code} {response.reason or ''}\n{_lines('< ', response.headers)}\n{received}"
    return Exhibit(
        "http.exchange",
        f"{_asked(request)} -> {response.status_code}, {elapsed * 1000:.0f} ms",
        body=f"{_told(request)}\n{lines}",
        data={"request": sent, "response": answer, "elapsed": elapsed, "curl": curl(request)},
    )


def failed_exchange(request: requests.PreparedRequest, reason: str) -> Exhibit:
    """What was asked, and why no answer came."""
    return Exhibit(
        "http.exchange",
        f"{_asked(request)} -> {reason}",
        body=f"{_told(request)}\n< {reason}",
        data={"request": _sent(request), "response": None, "error": reason, "curl": curl(request)},
    )


def curl(request: requests.PreparedRequest) -> str:
    """A command for a shell that sends the same request again; headers come one a line, from its standard input."""
    words = ["curl", "-i", "-X", str(request.method), str(request.url), "-H", "@-"]
    if request.body:
        words += ["--data-binary", _body(request)]
    return f"{shlex.join(words)} <<'HEADERS'\n{_lines('', _headers(request))}HEADERS"


def _asked(request: requests.PreparedRequest) -> str:
    parts = urlsplit(str(request.url))
    return f"{request.method} {parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def _sent(request: requests.PreparedRequest) -> dict[str, object]:
    return {"method": request.method, "url": request.url, "headers": _headers(request), "body": _body(request)}


def _told(request: requests.PreparedRequest) -> str:
    return f"> {request.method} {request.url}\n{_lines('> ', _headers(request))}\n{_body(request)}\n"


def _headers(request: requests.PreparedRequest) -> dict[str, str]:
    """The headers without the ones that any client sets by itself."""
    return {name: _text(value) for name, value in request.headers.items() if name.lower() != "content-length"}


def _lines(prefix: str, headers: Mapping[str, str]) -> str:
    return "".join(f"{prefix}{name}: {value}\n" for name, value in headers.items())


def _body(request: requests.PreparedRequest) -> str:
    body = request.body or ""
    return (
        bounded(body)
        if isinstance(body, str)
        else readable(bytes(body), _text(request.headers.get("Content-Type", "")))
    )


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
