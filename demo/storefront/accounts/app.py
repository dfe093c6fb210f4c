"""The accounts service, put together."""

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
    operator_key,
)

from .customers import Customers
from .events import EVENTS
from .limited import Limited
from .routes_clock import ENVIRONMENTS, clock_routes
from .routes_customers import customer_routes
from .routes_sessions import session_routes
from .routes_shops import shop_routes
from .sessions import Sessions
from .shops import Shops
from .signing_in import SigningIn
from .tables import OUTBOX, TABLES

if TYPE_CHECKING:
    from fastapi import FastAPI

PREFIX = "/accounts/v1"
SHOP = f"{PREFIX}/shops/{{shop}}"
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, kw_only=True)
class AccountsSettings:
    """What accounts needs to know."""

    process: ProcessSettings
    database_url: str
    broker_url: str
    cache_url: str
    operator_key: str
    limits: RateLimits

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "accounts"),
            database_url=database_url(variables),
            broker_url=broker_url(variables),
            cache_url=cache_url(variables),
            operator_key=operator_key(variables),
            limits=RateLimits.read_for_shops(variables),
        )


def create_app(settings: AccountsSettings) -> FastAPI:
    """Return the service; it connects when it starts."""
    service = Service(settings.process, "Accounts")
    database = service.database(settings.database_url, TABLES, MIGRATIONS)
    cache, broker = service.cache(settings.cache_url), service.broker(settings.broker_url)
    outbox = service.outbox(OUTBOX, database, broker)
    shops, customers = Shops(database, cache), Customers(database, outbox)
    limited = Limited(shops, Limits(cache, "accounts", settings.limits))
    signing_in, operator = SigningIn(database, outbox, customers), settings.operator_key
    routers = [
        shop_routes(SHOP, operator, shops),
        customer_routes(SHOP, operator, shops, limited, customers),
        session_routes(SHOP, shops, limited, signing_in, Sessions(cache)),
    ]
    if settings.process.environment in ENVIRONMENTS:
        routers.append(clock_routes(SHOP, operator, shops))
    service.publish(PREFIX, *routers, events=EVENTS)
    return service.app()
