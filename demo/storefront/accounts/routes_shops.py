"""The routes of shops, ``/accounts/v1/shops/{shop}``: their operator opens them and decides on their features."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from demo.storefront.platform.flags import FLAGS
from demo.storefront.platform.problems import Problem
from demo.storefront.platform.shops import ShopProfile
from demo.storefront.platform.tenancy import Shop as ShopKey
from demo.storefront.platform.tenancy import operator_only

from .schemas import NewShop, Shop, Switch
from .shops import Shops


def shop_routes(prefix: str, operator_key: str, shops: Shops) -> APIRouter:
    """Return the routes of shops."""
    router = APIRouter(prefix=prefix, tags=["shops"])
    operator = Depends(operator_only(operator_key))

    @router.put("", dependencies=[operator], responses={HTTPStatus.CREATED: {"model": Shop, "description": "Opened"}})
    def open_shop(shop: ShopKey, body: NewShop, response: Response) -> Shop:
        """Open a shop (201), or change its name and time zone (200); a time zone that is left out stays."""
        opened, is_new = shops.open(shop, body)
        response.status_code = HTTPStatus.CREATED if is_new else HTTPStatus.OK
        return Shop.of(opened)

    @router.get("")
    def find_shop(profile: Annotated[ShopProfile, Depends(shops.find)]) -> Shop:
        """Return a shop."""
        return Shop.of(profile)

    @router.put("/flags/{flag}", dependencies=[operator])
    def switch_flag(shop: ShopKey, flag: str, body: Switch) -> Shop:
        """Switch a feature of a shop on or off."""
        if flag not in FLAGS:
            detail = f"There is no flag {flag!r}. There are: {', '.join(sorted(FLAGS))}."
            raise Problem(HTTPStatus.NOT_FOUND, "unknown-flag", detail)
        return Shop.of(shops.switch(shop, flag, on=body.on))

    return router
