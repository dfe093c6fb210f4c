"""The orders service, put together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from demo.storefront.platform.limits import Limits
from demo.storefront.platform.service import Service
from demo.storefront.platform.settings import (
    ProcessSettings,
    RateLimits,
    Variables,
    broker_url,
    cache_url,
    database_url,
    peer_key,
)
from demo.storefront.platform.shops import Directory
from demo.storefront.platform.signed_in import SignedIn

from . import stock, till
from .baskets import Baskets
from .closing import Closing
from .deprecation import V1, V2, Deprecation
from .events import EVENTS, Announcer
from .ledger import Ledger
from .parts import Parts
from .placing import Placing
from .reading import Reading
from .recovery import Recoverer
from .routes_basket import basket_routes
from .routes_office import office_routes
from .routes_orders import order_routes
from .routes_v1 import deprecated_routes
from .saga import Saga
from .stock import Stock
from .tables import OUTBOX, TABLES
from .till import Till

if TYPE_CHECKING:
    from fastapi import FastAPI

    from demo.storefront.platform.database import Database
    from demo.storefront.platform.outbox import Outbox

ACCOUNTS_TIMEOUT = 2.0
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, kw_only=True)
class OrdersSettings:
    """What orders needs to know."""

    process: ProcessSettings
    database_url: str
    broker_url: str
    cache_url: str
    peer_key: str
    accounts_url: str
    catalogue_url: str
    payments_url: str
    limits: RateLimits

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "orders"),
            database_url=database_url(variables),
            broker_url=broker_url(variables),
            cache_url=cache_url(variables),
            peer_key=peer_key(variables),
            accounts_url=variables.url("ACCOUNTS_URL", "http://accounts.mesh"),
            catalogue_url=variables.url("CATALOGUE_URL", "http://catalogue.mesh"),
            payments_url=variables.url("PAYMENTS_URL", "http://payments.mesh"),
            limits=RateLimits.read(variables),
        )


def create_app(settings: OrdersSettings) -> FastAPI:
    """Return the service; it connects when it starts."""
    service = Service(settings.process, "Orders")
    database = service.database(settings.database_url, TABLES, MIGRATIONS)
    outbox = service.outbox(OUTBOX, database, service.broker(settings.broker_url))
    parts = _parts(settings, service, database, outbox)
    service.publish(V1, deprecated_routes(parts))
    service.publish(V2, basket_routes(parts), order_routes(parts), office_routes(parts), events=EVENTS)
    app = service.app()
    app.add_middleware(Deprecation)
    return app


def _parts(settings: OrdersSettings, service: Service, database: Database, outbox: Outbox) -> Parts:
    cache = service.cache(settings.cache_url)
    accounts = service.peer("accounts", settings.accounts_url, ACCOUNTS_TIMEOUT)
    catalogue = Stock(service.peer("catalogue", settings.catalogue_url, stock.TIMEOUT), settings.peer_key)
    payments = Till(service.peer("payments", settings.payments_url, till.TIMEOUT), settings.peer_key)
    directory, announcer = Directory(cache, accounts), Announcer(outbox)
    ledger = Ledger(outbox, announcer)
    saga, closing = Saga(ledger, catalogue, payments), Closing(outbox, announcer, ledger, catalogue, payments)
    service.background(Recoverer(database, ledger, directory, saga, closing).run)
    return Parts(
        directory=directory,
        anybody=SignedIn(accounts),
        staff=SignedIn(accounts, "clerk", "owner"),
        owner=SignedIn(accounts, "owner"),
        limits=Limits(cache, "orders", settings.limits),
        baskets=Baskets(database, catalogue),
        placing=Placing(outbox, ledger, saga),
        reading=Reading(database),
        closing=closing,
    )
