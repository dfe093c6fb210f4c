"""The orders service, put together."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from fastapi import FastAPI

from demo.storefront.platform.broker import Broker
from demo.storefront.platform.cache import Cache
from demo.storefront.platform.database import Database
from demo.storefront.platform.health import health_routes
from demo.storefront.platform.outbox import Outbox
from demo.storefront.platform.peers import Peer
from demo.storefront.platform.problems import answer_problems
from demo.storefront.platform.process import wait_or_leave
from demo.storefront.platform.relay import Relay
from demo.storefront.platform.settings import (
    ProcessSettings,
    Variables,
    broker_url,
    cache_url,
    database_url,
    operator_key,
)

from .catalogue import Catalogue
from .customers import SignedIn
from .placing import Placing
from .reading import Reading
from .routes import order_routes
from .tables import OUTBOX, TABLES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


ACCOUNTS_TIMEOUT = 2.0


@dataclass(frozen=True, kw_only=True)
class OrdersSettings:
    """What orders needs to know."""

    process: ProcessSettings
    database_url: str
    broker_url: str
    cache_url: str
    operator_key: str
    accounts_url: str

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "orders"),
            database_url=database_url(variables),
            broker_url=broker_url(variables),
            cache_url=cache_url(variables),
            operator_key=operator_key(variables),
            accounts_url=variables.url("ACCOUNTS_URL", "http://accounts.mesh"),
        )


def create_app(settings: OrdersSettings) -> FastAPI:
    """Return the service; it connects when it starts."""
    database = Database(settings.database_url, TABLES)
    broker = Broker(settings.broker_url, "orders")
    cache = Cache(settings.cache_url)
    accounts = Peer("accounts", settings.accounts_url, ACCOUNTS_TIMEOUT)
    relay = Relay(OUTBOX, database, broker)
    outbox = Outbox(OUTBOX, database, relay.wake)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        needs = {"database": database.prepare, "broker": broker.connect, "cache": cache.check}
        await wait_or_leave(settings.process, needs)
        relay.start(asyncio.get_running_loop())
        yield
        relay.stop()
        await accounts.close()
        await broker.close()
        cache.close()
        database.close()

    app = FastAPI(
        title="Orders",
        version=settings.process.version,
        lifespan=life,
        openapi_url="/orders/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    answer_problems(app)
    database.answer_outages(app)
    cache.answer_outages(app)
    checks = {"database": database.check, "broker": broker.check, "cache": cache.check}
    app.include_router(health_routes(settings.process, checks))
    catalogue, placing, reading = Catalogue(database, cache), Placing(outbox), Reading(database)
    app.include_router(order_routes(settings.operator_key, SignedIn(accounts), catalogue, placing, reading))
    return app
