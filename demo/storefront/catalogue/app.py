"""The catalogue service, put together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from demo.storefront.platform.service import Service
from demo.storefront.platform.settings import (
    ProcessSettings,
    Variables,
    cache_url,
    database_url,
    operator_key,
    peer_key,
)
from demo.storefront.platform.shops import Directory
from demo.storefront.platform.signed_in import SignedIn

from .permissions import OperatorOrOwner
from .products import Products
from .reservations import Reservations
from .routes import PREFIX, office_routes, product_routes, reservation_routes
from .shelf import Shelf
from .tables import TABLES

if TYPE_CHECKING:
    from fastapi import FastAPI

ACCOUNTS_TIMEOUT = 1.5  # callers of catalogue wait 2 s
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, kw_only=True)
class CatalogueSettings:
    """What catalogue needs to know."""

    process: ProcessSettings
    database_url: str
    cache_url: str
    accounts_url: str
    operator_key: str
    peer_key: str

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "catalogue"),
            database_url=database_url(variables),
            cache_url=cache_url(variables),
            accounts_url=variables.url("ACCOUNTS_URL", "http://accounts.mesh"),
            operator_key=operator_key(variables),
            peer_key=peer_key(variables),
        )


def create_app(settings: CatalogueSettings) -> FastAPI:
    """Return the service; it connects when it starts."""
    service = Service(settings.process, "Catalogue")
    database = service.database(settings.database_url, TABLES, MIGRATIONS)
    cache = service.cache(settings.cache_url)
    accounts = service.peer("accounts", settings.accounts_url, ACCOUNTS_TIMEOUT)
    directory, shelf = Directory(cache, accounts), Shelf(database, cache)
    may_offer = OperatorOrOwner(settings.operator_key, SignedIn(accounts, "owner"))
    service.publish(
        PREFIX,
        product_routes(directory, may_offer, Products(database, shelf), shelf),
        office_routes(directory, SignedIn(accounts, "clerk", "owner"), shelf),
        reservation_routes(directory, settings.peer_key, Reservations(database, shelf)),
    )
    return service.app()
