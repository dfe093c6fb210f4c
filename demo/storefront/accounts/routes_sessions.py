"""The routes of signing in and out."""

from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends

from demo.storefront.platform.logs import remember
from demo.storefront.platform.shops import ShopProfile
from demo.storefront.platform.tenancy import Authorization, bearer_secret

from .limited import Limited
from .schemas import Credentials, Customer, Session
from .sessions import Sessions
from .shops import Shops
from .signing_in import SigningIn

log = structlog.get_logger()


def session_routes(prefix: str, shops: Shops, limited: Limited, signing_in: SigningIn, sessions: Sessions) -> APIRouter:
    """Return the routes of signing in and out."""
    router = APIRouter(prefix=f"{prefix}/sessions", tags=["sessions"])

    @router.post("", status_code=HTTPStatus.CREATED)
    def sign_in(profile: Annotated[ShopProfile, Depends(limited)], body: Credentials) -> Session:
        """Sign in; the answer is the same for an unknown address and a wrong password, and so is the lockout."""
        customer = signing_in.recognise(profile, body)
        session = sessions.open(profile, customer)
        remember(customer=customer.customer_id)
        log.info("session.opened", role=customer.role)
        return session

    @router.get("/current")
    def current(profile: Annotated[ShopProfile, Depends(shops.find)], authorization: Authorization = None) -> Customer:
        """Return who is signed in; this counts as use."""
        customer = sessions.use(profile, bearer_secret(authorization))
        remember(customer=customer.customer_id)
        return customer

    @router.delete("/current", status_code=HTTPStatus.NO_CONTENT)
    def sign_out(profile: Annotated[ShopProfile, Depends(shops.find)], authorization: Authorization = None) -> None:
        """Sign out."""
        sessions.close(profile, bearer_secret(authorization))

    return router
