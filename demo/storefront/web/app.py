"""The web service, put together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from demo.storefront.platform.health import health_routes
from demo.storefront.platform.peers import Peer
from demo.storefront.platform.process import wait_or_leave
from demo.storefront.platform.settings import ProcessSettings, Variables

from .accounts import Accounts
from .cookies import Cookies
from .desk import Desk
from .errors import answer_with_pages
from .headers import SecurityHeaders
from .orders import Orders
from .rendering import STATIC
from .routes_orders import order_pages
from .routes_signing import signing_pages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

PEER_TIMEOUT = 3.0


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """What web needs to know."""

    process: ProcessSettings
    accounts_url: str
    orders_url: str

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "web"),
            accounts_url=variables.url("ACCOUNTS_URL", "http://accounts.mesh"),
            orders_url=variables.url("ORDERS_URL", "http://orders.mesh"),
        )


def create_app(settings: WebSettings) -> FastAPI:
    """Return the service; it needs its peers for each page, but not for its start."""
    accounts_peer = Peer("accounts", settings.accounts_url, PEER_TIMEOUT)
    orders_peer = Peer("orders", settings.orders_url, PEER_TIMEOUT)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        await wait_or_leave(settings.process, {})
        yield
        await accounts_peer.close()
        await orders_peer.close()

    app = FastAPI(title="Web", version=settings.process.version, lifespan=life, openapi_url=None)
    desk = Desk(Accounts(accounts_peer), Orders(orders_peer), Cookies(settings.process.environment))
    answer_with_pages(app)
    app.add_middleware(SecurityHeaders)
    app.include_router(health_routes(settings.process, {}))
    app.include_router(signing_pages(desk))
    app.include_router(order_pages(desk))
    app.mount("/assets", StaticFiles(directory=STATIC), name="assets")
    return app
