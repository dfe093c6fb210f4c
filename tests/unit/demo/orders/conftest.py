"""An order of two pieces of Earl Grey, for the tests of what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from demo.storefront.orders.states import Change, Status
from demo.storefront.orders.stored import StoredLine, StoredOrder
from demo.storefront.platform.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
WANTED = StoredOrder(
    shop="adas-tea",
    order_id="o-1",
    status=Status.PENDING,
    number=None,
    reason=None,
    customer_id="c-1",
    customer_name="Ada",
    customer_email="ada@example.org",
    card="card_1",
    from_basket=False,
    expected=None,
    total=None,
    placed_at=NOON,
    reserved_until=None,
    tries=0,
    awaited=False,
    headers={},
    lines=[StoredLine("earl-grey", 2)],
    history=[Change(Status.PENDING, NOON)],
)
PRICED: dict[str, Any] = {
    "lines": [StoredLine("earl-grey", 2, "Earl Grey", Money(450, "GBP"))],
    "total": Money(900, "GBP"),
    "reserved_until": NOON.replace(minute=15),
}


@pytest.fixture
def wanted() -> Callable[..., StoredOrder]:
    """Return how an order is made that is stored and not reserved yet; facts by name are changed."""
    return lambda **facts: replace(WANTED, **facts)


@pytest.fixture
def priced() -> Callable[..., StoredOrder]:
    """Return how an order is made whose pieces are held; facts by name are changed."""
    return lambda **facts: replace(WANTED, **{**PRICED, **facts})
