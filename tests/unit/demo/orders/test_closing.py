"""What somebody is told who cancels an order while others do, or while the database is away."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import pytest
import sqlalchemy as sa

from demo.storefront.orders.closing import Advanced, Closing
from demo.storefront.orders.ledger import Ledger
from demo.storefront.orders.states import Status
from demo.storefront.platform.problems import Problem
from demo.storefront.platform.shops import ShopProfile
from demo.storefront.platform.signed_in import Account

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from demo.storefront.orders.stored import StoredOrder

SHOP = ShopProfile(shop="adas-tea", name="Ada's Tea")
ADA = Account(customer_id="c-1", name="Ada", email="ada@example.org", role="customer")
AWAY = sa.exc.OperationalError("update", {}, Exception("away"))


class _Ledger(Ledger):
    def __init__(self, order: StoredOrder) -> None:
        self._order = order

    def find(self, shop: str, order_id: str) -> StoredOrder | None:
        assert (shop, order_id) == ("adas-tea", "o-1")
        return self._order


class _Desk:
    """A desk that does all that is asked, and counts it."""

    def __init__(self) -> None:
        self.asked = 0

    async def refund(self, *_about: object) -> None:
        self.asked += 1

    release = refund


class _Closing(Closing):
    """Closing whose database breaks after so many changes, and where the order is as it was left."""

    def __init__(self, order: StoredOrder, changes: int) -> None:
        self.desk = _Desk()
        super().__init__(cast("Any", None), cast("Any", None), _Ledger(order), *[cast("Any", self.desk)] * 2)
        self._order, self._changes = order, changes

    def _advance(self, profile: ShopProfile, order_id: str, to: Status, content: Collection[Status] = ()) -> Advanced:
        assert (profile, order_id) == (SHOP, "o-1")
        if self._order.status in content:
            return Advanced(self._order, is_changed=False)
        self._changes -= 1
        if self._changes < 0:
            raise AWAY
        self._order = replace(self._order, status=to)
        return Advanced(self._order, is_changed=True)


def cancelled(closing: Closing) -> StoredOrder:
    return asyncio.run(closing.cancel(SHOP, ADA, "o-1"))


def test_order_is_cancelled_and_its_goods_and_money_go_back(priced: Callable[..., StoredOrder]) -> None:
    """Both desks are asked once."""
    closing = _Closing(priced(status=Status.CONFIRMED), 2)
    assert (cancelled(closing).status, closing.desk.asked) == ("cancelled", 2)


@pytest.mark.parametrize("status", [Status.CANCELLING, Status.CANCELLED])
def test_whoever_cancels_second_gets_the_order_as_it_is(priced: Callable[..., StoredOrder], status: Status) -> None:
    """The second of two requests does not repeat what the first is doing."""
    closing = _Closing(priced(status=status), 0)
    assert (cancelled(closing).status, closing.desk.asked) == (status, 0)


def test_outage_before_the_first_change_is_told_as_one(priced: Callable[..., StoredOrder]) -> None:
    """Nothing was changed, and this is what the customer reads."""
    with pytest.raises(sa.exc.OperationalError):
        cancelled(_Closing(priced(status=Status.CONFIRMED), 0))


def test_outage_after_the_first_change_leaves_it_unconfirmed(priced: Callable[..., StoredOrder]) -> None:
    """The order is being cancelled: nobody is told that nothing was changed."""
    with pytest.raises(Problem) as raised:
        cancelled(_Closing(priced(status=Status.CONFIRMED), 1))
    assert (raised.value.status, raised.value.kind) == (500, "unconfirmed")
