"""The accounts service, put together."""

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

from .customers import Customers
from .routes import account_routes
from .sessions import Sessions
from .shops import Shops
from .tables import OUTBOX, TABLES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(frozen=True, kw_only=True)
class AccountsSettings:
    """What accounts needs to know."""

    process: ProcessSettings
    database_url: str
    broker_url: str
    cache_url: str
    operator_key: str

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "accounts"),
            database_url=database_url(variables),
            broker_url=broker_url(variables),
            cache_url=cache_url(variables),
            operator_key=operator_key(variables),
        )


def create_app(settings: AccountsSettings) -> FastAPI:
    """Return the service; it connects when it starts."""
    database = Database(settings.database_url, TABLES)
    broker = Broker(settings.broker_url, "accounts")
    cache = Cache(settings.cache_url)
    relay = Relay(OUTBOX, database, broker)
    outbox = Outbox(OUTBOX, database, relay.wake)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        needs = {"database": database.prepare, "broker": broker.connect, "cache": cache.check}
        await wait_or_leave(settings.process, needs)
        relay.start(asyncio.get_running_loop())
        yield
        relay.stop()
        await broker.close()
        cache.close()
        database.close()

    app = FastAPI(
        title="Accounts",
        version=settings.process.version,
        lifespan=life,
        openapi_url="/accounts/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    answer_problems(app)
    database.answer_outages(app)
    cache.answer_outages(app)
    checks = {"database": database.check, "broker": broker.check, "cache": cache.check}
    app.include_router(health_routes(settings.process, checks))
    customers = Customers(database, outbox)
    app.include_router(account_routes(settings.operator_key, Shops(database), customers, Sessions(cache)))
    return app
