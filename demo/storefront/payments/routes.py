"""The HTTP interface of payments, ``/payments/v1``."""

import asyncio
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Path

from demo.storefront.platform.limits import Limits
from demo.storefront.platform.problems import FieldError, invalid
from demo.storefront.platform.shops import Directory, ShopProfile
from demo.storefront.platform.signed_in import Account, SignedIn
from demo.storefront.platform.tenancy import peers_only

from .bank import Bank
from .charging import Charging
from .ledger import Ledger, answered
from .refunding import Refunding
from .rules import EXPIRED, has_expired
from .schemas import ID, Card, Charge, NewCard, NewCharge, NewRefund, Refund

PREFIX = "/payments/v1/shops/{shop}"
ChargeId = Annotated[str, Path(pattern=ID, description="The order's id.")]
RefundId = Annotated[str, Path(pattern=ID, description="The caller's own.")]


def card_routes(directory: Directory, signed_in: SignedIn, limits: Limits, bank: Bank) -> APIRouter:
    """Return the route for a shop's customers."""
    router = APIRouter(prefix=PREFIX, tags=["cards"])

    async def known_shop(
        profile: Annotated[ShopProfile, Depends(directory)], account: Annotated[Account, Depends(signed_in)]
    ) -> ShopProfile:
        # Before the body is looked at: also who only tries out numbers is counted.
        await limits.check(profile, account.customer_id)
        return profile

    @router.post("/cards", status_code=HTTPStatus.CREATED)
    async def keep(profile: Annotated[ShopProfile, Depends(known_shop)], body: NewCard) -> Card:
        """Exchange a card for a token, which is the same for the same card in the same shop."""
        if has_expired(body.expiry, profile.today()):
            raise invalid([FieldError(detail=EXPIRED, pointer="#/expiry")])
        return await bank.keep(profile, body)

    return router


def charge_routes(
    directory: Directory, peer_key: str, ledger: Ledger, charging: Charging, refunding: Refunding
) -> APIRouter:
    """Return the routes for the platform's own services."""
    router = APIRouter(prefix=PREFIX, tags=["charges"], dependencies=[Depends(peers_only(peer_key))])
    _add_charging(router, directory, charging)
    _add_reading(router, directory, ledger)
    _add_refunding(router, directory, refunding)
    return router


def _add_charging(router: APIRouter, directory: Directory, charging: Charging) -> None:
    @router.put("/charges/{charge_id}")
    async def charge(
        profile: Annotated[ShopProfile, Depends(directory)], charge_id: ChargeId, body: NewCharge
    ) -> Charge:
        """Charge a card once for each id; 503: surely nothing was taken; 500: not known, and safe to repeat."""
        return await charging.charge(profile, charge_id, body)


def _add_reading(router: APIRouter, directory: Directory, ledger: Ledger) -> None:
    @router.get("/charges/{charge_id}")
    async def read(profile: Annotated[ShopProfile, Depends(directory)], charge_id: ChargeId) -> Charge:
        """Return what is known of a charge."""
        return answered(await asyncio.to_thread(ledger.read, profile.shop, charge_id))


def _add_refunding(router: APIRouter, directory: Directory, refunding: Refunding) -> None:
    @router.delete("/charges/{charge_id}")
    async def void(profile: Annotated[ShopProfile, Depends(directory)], charge_id: ChargeId) -> Charge:
        """Make sure that a charge keeps no money, also where it is still to come; repeat it after 500 and 503."""
        return await refunding.void(profile, charge_id)

    @router.put("/charges/{charge_id}/refunds/{refund_id}")
    async def refund(
        profile: Annotated[ShopProfile, Depends(directory)], charge_id: ChargeId, refund_id: RefundId, body: NewRefund
    ) -> Refund:
        """Return money of a charge, once for each id; repeat it after 500 and 503."""
        return await refunding.refund(profile, charge_id, refund_id, body)
