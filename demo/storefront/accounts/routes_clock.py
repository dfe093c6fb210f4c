"""The routes of a shop's clock; they exist in test environments only."""

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends

from demo.storefront.platform.shops import ShopClock, ShopProfile
from demo.storefront.platform.tenancy import Shop as ShopKey
from demo.storefront.platform.tenancy import operator_only

from .schemas import Clock, NewClock
from .shops import REAL_TIME, Shops

ENVIRONMENTS = ("development", "test")


def clock_routes(prefix: str, operator_key: str, shops: Shops) -> APIRouter:
    """Return the routes of the clock."""
    operator = Depends(operator_only(operator_key))
    router = APIRouter(prefix=f"{prefix}/clock", tags=["clock"], dependencies=[operator])

    @router.get("")
    def read_clock(profile: Annotated[ShopProfile, Depends(shops.find)]) -> Clock:
        """Return what time it is in the shop."""
        return Clock.of(profile)

    @router.put("")
    def turn_clock(shop: ShopKey, body: NewClock) -> Clock:
        """Turn the clock of the shop; it stands still from then on, or goes on from there."""
        return Clock.of(shops.turn_clock(shop, turned(body)))

    @router.delete("", status_code=HTTPStatus.NO_CONTENT)
    def release_clock(shop: ShopKey) -> None:
        """Let the shop go by the real time again."""
        shops.turn_clock(shop, REAL_TIME)

    return router


def turned(wanted: NewClock) -> ShopClock:
    """Return the clock that shows what is ``wanted`` at this moment."""
    if wanted.stopped:
        return ShopClock(stopped_at=wanted.now)
    return ShopClock(ahead_seconds=(wanted.now - datetime.now(UTC)).total_seconds())
