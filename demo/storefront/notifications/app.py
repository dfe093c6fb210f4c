"""The notifications service, put together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from demo.storefront.platform.consumer import Consumer
from demo.storefront.platform.service import Service
from demo.storefront.platform.settings import ProcessSettings, Variables, broker_url, database_url

from .handling import Handling
from .post_office import PostOffice
from .tables import TABLES

if TYPE_CHECKING:
    from fastapi import FastAPI

MIGRATIONS = Path(__file__).parent / "migrations"


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
    service = Service(settings.process, "Notifications")
    database = service.database(settings.database_url, TABLES, MIGRATIONS)
    broker = service.broker(settings.broker_url)
    post_office = PostOffice(settings.smtp_url)
    service.needs("mail server", post_office.check)
    service.consumer(Consumer(broker, "notifications", Handling(database, post_office).handle))
    return service.app()
