"""An error that nobody expected is answered as each service answers it, with all the headers of its other answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Unexpected:
    """ASGI middleware that calls the handler of ``Exception``.

    Starlette calls it outside of all middlewares, which then cannot add their headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        has_begun = False

        async def observe(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive, observe)
        except Exception as error:
            if scope["type"] != "http" or has_begun:
                raise
            answer = scope["app"].exception_handlers[Exception](Request(scope), error)
            await answer(scope, receive, send)
