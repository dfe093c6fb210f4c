"""The web service, put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from starlette.staticfiles import StaticFiles

from demo.storefront.platform.service import Service
from demo.storefront.platform.settings import ProcessSettings, Variables

from .accounts import Accounts
from .basket import Baskets
from .catalogue import Catalogue
from .cookies import Cookies
from .desk import Desk
from .errors import answer_with_pages
from .headers import SecurityHeaders
from .orders import Orders
from .payments import Payments
from .rendering import STATIC
from .reporting import Reporting
from .routes_basket import basket_pages
from .routes_checkout import checkout_pages
from .routes_office_orders import office_order_pages
from .routes_office_products import office_product_pages
from .routes_office_sales import office_sales_pages
from .routes_orders import order_pages
from .routes_shelf import shelf_pages
from .routes_signing import signing_pages

if TYPE_CHECKING:
    from fastapi import FastAPI

PEER_TIMEOUT = 3.0
ORDERS_TIMEOUT = 4.0  # it waits for the bank
PAGES = (
    shelf_pages,
    signing_pages,
    basket_pages,
    checkout_pages,
    order_pages,
    office_order_pages,
    office_product_pages,
    office_sales_pages,
)


@dataclass(frozen=True, kw_only=True)
class WebSettings:
    """What web needs to know."""

    process: ProcessSettings
    accounts_url: str
    catalogue_url: str
    orders_url: str
    payments_url: str
    reporting_url: str

    @classmethod
    def read(cls, variables: Variables) -> Self:
        """Read the settings from environment variables."""
        return cls(
            process=ProcessSettings.read(variables, "web"),
            accounts_url=variables.url("ACCOUNTS_URL", "http://accounts.mesh"),
            catalogue_url=variables.url("CATALOGUE_URL", "http://catalogue.mesh"),
            orders_url=variables.url("ORDERS_URL", "http://orders.mesh"),
            payments_url=variables.url("PAYMENTS_URL", "http://payments.mesh"),
            reporting_url=variables.url("REPORTING_URL", "http://reporting.mesh"),
        )


def create_app(settings: WebSettings) -> FastAPI:
    """Return the service; it needs its peers for each page, but not for its start."""
    service = Service(settings.process, "Web")
    desk = _desk(settings, service)
    app = service.app()
    answer_with_pages(app)
    app.add_middleware(SecurityHeaders, environment=settings.process.environment)
    for pages in PAGES:
        app.include_router(pages(desk))
    app.mount("/assets", StaticFiles(directory=STATIC), name="assets")
    return app


def _desk(settings: WebSettings, service: Service) -> Desk:
    orders = service.peer("orders", settings.orders_url, ORDERS_TIMEOUT)
    return Desk(
        accounts=Accounts(service.peer("accounts", settings.accounts_url, PEER_TIMEOUT)),
        catalogue=Catalogue(service.peer("catalogue", settings.catalogue_url, PEER_TIMEOUT)),
        baskets=Baskets(orders),
        orders=Orders(orders),
        payments=Payments(service.peer("payments", settings.payments_url, PEER_TIMEOUT)),
        reporting=Reporting(service.peer("reporting", settings.reporting_url, PEER_TIMEOUT)),
        cookies=Cookies(settings.process.environment),
    )
