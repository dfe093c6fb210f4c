"""What orders takes and answers in its first version, which knew three states and no history."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from types import MappingProxyType
from typing import Final, Literal, Self

from pydantic import BaseModel, Field

from demo.storefront.platform.lines import NewLines  # noqa: TC001 - pydantic reads it
from demo.storefront.platform.money import Price  # noqa: TC001 - pydantic reads it

from . import schemas  # noqa: TC001 - pydantic reads it
from .states import Status

CollapsedStatus = Literal["pending", "placed", "cancelled"]
COLLAPSED: Final = MappingProxyType[Status, CollapsedStatus](
    {
        Status.PENDING: "pending",
        Status.CONFIRMED: "placed",
        Status.SHIPPED: "placed",
        Status.DELIVERED: "placed",
        Status.CANCELLING: "cancelled",
        Status.CANCELLED: "cancelled",
        Status.REFUNDING: "cancelled",
        Status.REFUNDED: "cancelled",
        Status.REJECTED: "cancelled",
    }
)


class NewOrder(BaseModel):
    """What a customer wants, and by which card she pays."""

    lines: NewLines
    card: schemas.Card


class Order(BaseModel):
    """An order of a customer."""

    order_id: str
    number: str | None = Field(description="Given when the order is placed for certain.")
    status: CollapsedStatus
    lines: list[schemas.Line]
    total: Price
    placed_at: datetime

    @classmethod
    def of(cls, order: schemas.Order) -> Self:
        """Return what the first version answers for an order."""
        same = {name: getattr(order, name) for name in ("order_id", "number", "lines", "total", "placed_at")}
        return cls(status=COLLAPSED[order.status], **same)
