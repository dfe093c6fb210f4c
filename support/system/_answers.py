"""What a system says of itself: one word of a JSON answer, asked with the standard library and without side effects."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, build_opener

if TYPE_CHECKING:
    from email.message import Message
    from urllib.request import Request

LIMIT: Final = 2.0
_SHOWN: Final = 120


class Unanswered(Exception):  # noqa: N818 - the name is the message
    """There is no such word; the message says why, to be put after the address."""


class _NoRedirect(HTTPRedirectHandler):
    """Whoever answers for a system is the one who was asked."""

    def redirect_request(
        self,
        _request: Request,
        _stream: object,
        _code: int,
        _told: str,
        _headers: Message,
        _url: str,
    ) -> None:
        """Follow nowhere."""


def status_of(url: str) -> int:
    """The status that GET of a URL answers; Unanswered if there is no answer within 2 s."""
    return _get(url)[0]


def word_at(url: str, pointer: str) -> str:
    """The word (or number) in the JSON at a URL to which a JSON pointer leads; Unanswered where there is none."""
    status, body = _get(url)
    if status != HTTPStatus.OK:
        msg = f"answers {status}"
        raise Unanswered(msg)
    try:
        found: Any = json.loads(body)
    except ValueError:
        msg = f"answers what is not JSON: {body[:_SHOWN].decode(errors='replace')!r}"
        raise Unanswered(msg) from None
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        try:
            found = found[int(name)] if isinstance(found, list) else found[name]
        except (KeyError, IndexError, TypeError, ValueError):
            msg = f"says nothing at {pointer}: {body[:_SHOWN].decode(errors='replace')}"
            raise Unanswered(msg) from None
    return str(found)


def _get(url: str) -> tuple[int, bytes]:
    opener = build_opener(ProxyHandler({}), _NoRedirect())
    try:
        with opener.open(url, timeout=LIMIT) as answer:
            return answer.status, answer.read(1 << 20)
    except HTTPError as error:
        with error:
            return error.code, b""
    except (URLError, OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        silent = isinstance(reason, TimeoutError)
        msg = f"gives no answer within {LIMIT:g} s" if silent else f"does not answer ({reason})"
        raise Unanswered(msg) from None
