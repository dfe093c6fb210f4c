"""The notifications service, put together."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from fastapi import FastAPI

from demo.storefront.platform.broker import Broker
from demo.storefront.platform.database import Database
from demo.storefront.platform.health import health_routes
from demo.storefront.platform.process import wait_or_leave
from demo.storefront.platform.settings import ProcessSettings, Variables, broker_url, database_url

from .consumer import Consumer
from .handling import Handling
from .post_office import PostOffice
from .tables import TABLES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(frozen=True, kw_only=True)
class NotificationsSettings:
    """What notifications needs to know."""

    process: ProcessSettings
    database_url: str
    broker_url: str
    smtp_url: str

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "notifications"),
            database_url=database_url(variables),
            broker_url=broker_url(variables),
            smtp_url=variables.url("SMTP_URL", "smtp://127.0.0.1:25"),
        )


def create_app(settings: NotificationsSettings) -> FastAPI:
    """Return the service; it connects when it starts."""
    database = Database(settings.database_url, TABLES)
    broker = Broker(settings.broker_url, "notifications")
    post_office = PostOffice(settings.smtp_url)
    consumer = Consumer(broker, Handling(database, post_office).handle)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        needs = {"database": database.prepare, "broker": broker.connect, "mail server": post_office.check}
        await wait_or_leave(settings.process, needs)
        await consumer.start()
        yield
        await consumer.stop()
        await broker.close()
        database.close()

    app = FastAPI(title="Notifications", version=settings.process.version, lifespan=life, openapi_url=None)
    checks = {"database": database.check, "broker": broker.check, "mail": post_office.check}
    app.include_router(health_routes(settings.process, checks))
    return app
