"""One log line for each request, within its trace and with what became known on the way."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import structlog

from .logs import begin_story
from .telemetry import HEALTH_URLS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SHOP = re.compile(r"/shops/([^/]+)")
log = structlog.get_logger()


class RequestsLog:
    """ASGI middleware that logs method, path, status and duration; never a query, a header or a body."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["path"] in HEALTH_URLS.split(","):
            await self._app(scope, receive, send)
            return
        begin_story().update(_shop_in(scope["path"]))
        began, status = time.perf_counter(), 500

        async def observe(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, observe)
        finally:
            duration = round((time.perf_counter() - began) * 1000, 1)
            log.info("request.handled", method=scope["method"], path=scope["path"], status=status, ms=duration)


def _shop_in(path: str) -> dict[str, str]:
    match = _SHOP.search(path)
    return {"shop": match.group(1)} if match else {}
