"""The evidence of one HTTP exchange: as data, so that what is secret can be told by its name.

How a reader sees it (`_http_shown.py`) is made from that data once it is clean, and only for what is kept in files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..core import Exhibit
from ._exhibits import bounded, readable

if TYPE_CHECKING:
    import requests


def exchange(request: requests.PreparedRequest, response: requests.Response, elapsed: float) -> Exhibit:
    """What was asked and what was answered; `elapsed` is in seconds."""
    answer = {
        "status": response.status_code,
        "reason": response.reason or "",
        "headers": dict(response.headers),
        "body": readable(response.content, response.headers.get("Content-Type", "")),
        "size": len(response.content),
    }
    told = f"{_asked(request)} -> {response.status_code}, {elapsed * 1000:.0f} ms"
    return Exhibit("http.exchange", told, data={"request": _sent(request), "response": answer, "elapsed": elapsed})


def failed_exchange(request: requests.PreparedRequest, reason: str) -> Exhibit:
    """What was asked, and why no answer came."""
    data = {"request": _sent(request), "response": None, "error": reason}
    return Exhibit("http.exchange", f"{_asked(request)} -> {reason}", data=data)


def _asked(request: requests.PreparedRequest) -> str:
    parts = urlsplit(str(request.url))
    return f"{request.method} {parts.path or '/'}" + (f"?{parts.query}" if parts.query else "")


def _sent(request: requests.PreparedRequest) -> dict[str, object]:
    """The request, without the headers that any client sets by itself."""
    headers = {name: _text(value) for name, value in request.headers.items() if name.lower() != "content-length"}
    return {"method": request.method, "url": request.url, "headers": headers, "body": _body(request)}


def _body(request: requests.PreparedRequest) -> str:
    body = request.body or ""
    return (
        bounded(body)
        if isinstance(body, str)
        else readable(bytes(body), _text(request.headers.get("Content-Type", "")))
    )


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("latin-1")
