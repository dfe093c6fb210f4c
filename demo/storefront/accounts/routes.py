"""The HTTP interface of accounts, ``/accounts/v1``."""

from http import HTTPStatus

import structlog
from fastapi import APIRouter, Depends, Response

from demo.storefront.platform.logs import remember
from demo.storefront.platform.tenancy import Authorization, bearer_secret, operator_only, unauthorized
from demo.storefront.platform.tenancy import Shop as ShopKey

from .customers import Customers
from .schemas import Credentials, Customer, NewShop, Registration, Session, Shop
from .sessions import Sessions
from .shops import Shops

WRONG = "The e-mail address or the password is wrong."
log = structlog.get_logger()


def account_routes(operator_key: str, shops: Shops, customers: Customers, sessions: Sessions) -> APIRouter:
    """Return the routes of accounts."""
    router = APIRouter(prefix="/accounts/v1/shops/{shop}", tags=["accounts"])
    _add_shops(router, operator_key, shops)
    _add_customers(router, shops, customers)
    _add_sessions(router, shops, customers, sessions)
    return router


def _add_shops(router: APIRouter, operator_key: str, shops: Shops) -> None:
    @router.put("", dependencies=[Depends(operator_only(operator_key))])
    def open_shop(shop: ShopKey, body: NewShop, response: Response) -> Shop:
        """Open a shop (201), or rename one that is open (200)."""
        opened, is_new = shops.open(shop, body.name)
        response.status_code = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        return opened

    @router.get("")
    def find_shop(shop: ShopKey) -> Shop:
        """Return a shop."""
        return shops.find(shop)


def _add_customers(router: APIRouter, shops: Shops, customers: Customers) -> None:
    @router.post("/customers", status_code=HTTPStatus.CREATED)
    def register(shop: ShopKey, body: Registration) -> Customer:
        """Register a customer; an e-mail address may be registered once in each shop."""
        return customers.register(shops.find(shop), body)


def _add_sessions(router: APIRouter, shops: Shops, customers: Customers, sessions: Sessions) -> None:
    @router.post("/sessions", status_code=HTTPStatus.CREATED)
    def sign_in(shop: ShopKey, body: Credentials) -> Session:
        """Sign in; the answer is the same for an unknown address and a wrong password."""
        customer = customers.recognise(shops.find(shop).shop, body)
        if customer is None:
            log.info("session.refused")
            raise unauthorized(WRONG)
        remember(customer=customer.customer_id)
        log.info("session.opened")
        return sessions.open(shop, customer)

    @router.get("/sessions/current")
    def current(shop: ShopKey, authorization: Authorization = None) -> Customer:
        """Return who is signed in."""
        customer = sessions.current(shop, bearer_secret(authorization))
        remember(customer=customer.customer_id)
        return customer

    @router.delete("/sessions/current", status_code=HTTPStatus.NO_CONTENT)
    def sign_out(shop: ShopKey, authorization: Authorization = None) -> None:
        """Sign out."""
        sessions.close(shop, bearer_secret(authorization))
