"""The bank, put together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from demo.storefront.platform.service import Service
from demo.storefront.platform.settings import ProcessSettings, Variables, database_url

from .cards import Cards
from .charging import Charging
from .refunding import Refunding
from .routes import bank_routes
from .tables import TABLES

if TYPE_CHECKING:
    from fastapi import FastAPI

MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, kw_only=True)
class BankSettings:
    """What the bank needs to know."""

    process: ProcessSettings
    database_url: str
    bank_key: str

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "bank"),
            database_url=database_url(variables),
            bank_key=variables.text("BANK_KEY", "the secret by which the bank knows its customers"),
        )


def create_app(settings: BankSettings) -> FastAPI:
    """Return the service; it connects when it starts."""
    service = Service(settings.process, "Bank")
    database = service.database(settings.database_url, TABLES, MIGRATIONS)
    cards = Cards(database, settings.bank_key)
    routes = bank_routes(settings.bank_key, cards, Charging(database), Refunding(database), database)
    service.publish("/bank/v1", routes)
    return service.app()
