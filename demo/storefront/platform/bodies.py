"""No request may be larger than anything that a service takes."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .problems import Problem

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 64 * 1024


class BodyLimit:
    """ASGI middleware that reads each body, and refuses one that is too large before anybody works on it."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        first = await _whole(receive)
        if first is None:
            await too_large().answer()(scope, receive, send)
            return
        waiting = [first]

        async def again() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(scope, again, send)


async def _whole(receive: Receive) -> Message | None:
    """Return the whole body as one message, or that its sender is gone; nothing where it is too large."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return message
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if not message.get("more_body", False):
            return {"type": "http.request", "body": bytes(body), "more_body": False}


def too_large() -> Problem:
    """Return the problem of a request that is too large."""
    detail = f"Send at most {MOST_BYTES // 1024} KiB at once."
    return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", detail)
