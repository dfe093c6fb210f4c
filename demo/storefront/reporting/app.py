"""The reporting service, put together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from demo.storefront.platform.consumer import Consumer
from demo.storefront.platform.service import Service
from demo.storefront.platform.settings import ProcessSettings, Variables, broker_url, cache_url, database_url
from demo.storefront.platform.shops import Directory
from demo.storefront.platform.signed_in import SignedIn

from .entries import KINDS, Entries
from .routes import PREFIX, report_routes
from .sales import SalesReports
from .tables import TABLES

if TYPE_CHECKING:
    from fastapi import FastAPI

ACCOUNTS_TIMEOUT = 2.0
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, kw_only=True)
class ReportingSettings:
    """What reporting needs to know."""

    process: ProcessSettings
    database_url: str
    broker_url: str
    cache_url: str
    accounts_url: str

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "reporting"),
            database_url=database_url(variables),
            broker_url=broker_url(variables),
            cache_url=cache_url(variables),
            accounts_url=variables.url("ACCOUNTS_URL", "http://accounts.mesh"),
        )


def create_app(settings: ReportingSettings) -> FastAPI:
    """Return the service; it connects when it starts."""
    service = Service(settings.process, "Reporting")
    database = service.database(settings.database_url, TABLES, MIGRATIONS)
    broker = service.broker(settings.broker_url)
    cache = service.cache(settings.cache_url)
    accounts = service.peer("accounts", settings.accounts_url, ACCOUNTS_TIMEOUT)
    subjects = [f"storefront.*.{type_}" for type_ in KINDS]
    service.consumer(Consumer(broker, "reporting", Entries(database).enter, subjects))
    directory, owner = Directory(cache, accounts), SignedIn(accounts, "owner")
    service.publish(PREFIX, report_routes(directory, owner, SalesReports(database)))
    return service.app()
