"""What orders tells the other services."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, Field

from demo.storefront.platform.events import Event
from demo.storefront.platform.money import Price

from .schemas import Line
from .states import Status

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from demo.storefront.platform.outbox import Outbox

    from .stored import StoredOrder


class AnyOrderData(BaseModel):
    """An order at the moment of an event."""

    order_id: str
    customer_id: str
    customer_name: str
    customer_email: str
    lines: list[Line]
    total: Price
    placed_at: datetime = Field(description="When the customer placed it, by the shop's clock.")
    at: datetime = Field(description="When this happened, by the shop's clock.")


class OrderData(AnyOrderData):
    """An order that was confirmed once."""

    number: str
    reason: None = None


class RejectedOrderData(AnyOrderData):
    """An order that came to nothing after its customer was told to wait."""

    number: None = None
    reason: str = Field(description="Why, in words for the customer.")


EVENTS: Final = MappingProxyType[str, type[OrderData | RejectedOrderData]](
    {
        "order.placed": OrderData,
        "order.rejected": RejectedOrderData,
        "order.cancelled": OrderData,
        "order.shipped": OrderData,
        "order.delivered": OrderData,
        "order.refunded": OrderData,
    }
)
_FACTS = ("order_id", "number", "reason", "customer_id", "customer_name", "customer_email", "placed_at")
TOLD: Final = MappingProxyType(
    {
        Status.CONFIRMED: "order.placed",
        Status.REJECTED: "order.rejected",
        Status.CANCELLED: "order.cancelled",
        Status.SHIPPED: "order.shipped",
        Status.DELIVERED: "order.delivered",
        Status.REFUNDED: "order.refunded",
    }
)


class Announcer:
    """Tells of orders through the outbox."""

    def __init__(self, outbox: Outbox) -> None:
        """Store events in ``outbox``."""
        self._outbox = outbox

    def announce(self, connection: Connection, order: StoredOrder, at: datetime) -> None:
        """Tell what an order has become, in the transaction of that change."""
        event = event_of(order, at)
        if event is not None:
            self._outbox.add(connection, event)


def event_of(order: StoredOrder, at: datetime) -> Event | None:
    """Return the event of what an order has become; none where nobody but its customer cares, and she knows."""
    name = TOLD.get(order.status)
    if name is None or order.total is None or (order.status is Status.REJECTED and not order.awaited):
        return None
    facts = {fact: getattr(order, fact) for fact in _FACTS}
    facts |= {"lines": [Line.of(line) for line in order.priced], "total": Price.of(order.total), "at": at}
    data = EVENTS[name].model_validate(facts).model_dump(mode="json")
    return Event.now(type=name, source="/storefront/orders", shop=order.shop, subject=order.order_id, data=data)
