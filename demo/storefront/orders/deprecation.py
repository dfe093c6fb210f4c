"""The first version is deprecated: each of its answers says so, and from its sunset on it answers nothing else."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from .rules import DEPRECATED_SINCE, SUNSET

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

V1, V2 = "/orders/v1", "/orders/v2"
GONE = "This version of the app is no longer served. Please update it."
HEADERS = {
    "Deprecation": f"@{int(DEPRECATED_SINCE.timestamp())}",  # RFC 9745
    "Sunset": format_datetime(SUNSET, usegmt=True),  # RFC 8594
    "Link": f'<{V2}/openapi.json>; rel="successor-version"',
}


class Deprecation:
    """ASGI middleware that announces the end of the first version on each of its answers."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""

        async def announce(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        deprecated = scope["type"] == "http" and f"{scope['path']}/".startswith(f"{V1}/")
        await self._app(scope, receive, announce if deprecated else send)
