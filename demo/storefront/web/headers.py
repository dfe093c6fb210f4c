"""Headers that keep pages private and unframed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from .cookies import WITHOUT_TLS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TWO_YEARS = 2 * 365 * 24 * 3600


def headers_in(environment: str) -> dict[str, str]:
    """Return the headers of every answer; where TLS is asked for, browsers come by nothing else from now on."""
    if environment in WITHOUT_TLS:
        return HEADERS
    return HEADERS | {"Strict-Transport-Security": f"max-age={TWO_YEARS}; includeSubDomains"}


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer; pages are not stored, assets for an hour."""

    def __init__(self, app: ASGIApp, environment: str) -> None:
        """Wrap ``app``."""
        self._app, self._headers = app, headers_in(environment)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""

        async def add(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                asset = scope["path"].startswith("/assets/") and message["status"] == 200  # noqa: PLR2004
                headers["Cache-Control"] = "public, max-age=3600" if asset else "no-store"
            await send(message)

        await self._app(scope, receive, add)
