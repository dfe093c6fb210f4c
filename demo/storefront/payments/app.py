"""The payments service, put together."""

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

from .bank import BANK_TIMEOUT, Bank
from .breakers import Breakers
from .charging import Charging
from .events import EVENTS
from .ledger import Ledger
from .refund_ledger import RefundLedger
from .refunding import Refunding
from .routes import card_routes, charge_routes
from .tables import OUTBOX, TABLES

if TYPE_CHECKING:
    from fastapi import FastAPI

ACCOUNTS_TIMEOUT = 2.0
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass(frozen=True, kw_only=True)
class PaymentsSettings:
    """What payments needs to know."""

    process: ProcessSettings
    database_url: str
    broker_url: str
    cache_url: str
    accounts_url: str
    bank_url: str
    bank_key: str
    peer_key: str
    limits: RateLimits

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "payments"),
            database_url=database_url(variables),
            broker_url=broker_url(variables),
            cache_url=cache_url(variables),
            accounts_url=variables.url("ACCOUNTS_URL", "http://accounts.mesh"),
            bank_url=variables.url("BANK_URL", "http://bank.mesh"),
            bank_key=variables.text("BANK_KEY", "the secret by which the bank knows its customers"),
            peer_key=peer_key(variables),
            limits=RateLimits.read(variables),
        )


def create_app(settings: PaymentsSettings) -> FastAPI:
    """Return the service; it connects when it starts."""
    service = Service(settings.process, "Payments")
    database = service.database(settings.database_url, TABLES, MIGRATIONS)
    cache = service.cache(settings.cache_url)
    outbox = service.outbox(OUTBOX, database, service.broker(settings.broker_url))
    accounts = service.peer("accounts", settings.accounts_url, ACCOUNTS_TIMEOUT)
    directory = Directory(cache, accounts)
    bank = Bank(service.peer("bank", settings.bank_url, BANK_TIMEOUT), settings.bank_key, Breakers())
    ledger = Ledger(outbox)
    cards = card_routes(directory, SignedIn(accounts), Limits(cache, "payments", settings.limits), bank)
    refunding = Refunding(ledger, RefundLedger(outbox), bank)
    charges = charge_routes(directory, settings.peer_key, ledger, Charging(ledger, bank), refunding)
    service.publish("/payments/v1", cards, charges, events=EVENTS)
    return service.app()
