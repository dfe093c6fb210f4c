"""What orders takes and answers, in its current version."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import AfterValidator, BaseModel, Field, WithJsonSchema, model_validator

from demo.storefront.platform.lines import NewLines, Quantity  # noqa: TC001 - pydantic reads it
from demo.storefront.platform.money import Price

from .rules import CARD, good_card
from .states import Status  # noqa: TC001 - pydantic reads it

if TYPE_CHECKING:
    from .stored import PricedLine, StoredOrder

Card = Annotated[
    str,
    AfterValidator(good_card),
    WithJsonSchema({"type": "string", "pattern": CARD, "description": "The payment desk's token of a card."}),
]


class ExpectedTotal(Price):
    """What the customer expects to pay."""

    @model_validator(mode="after")
    def _is_money(self) -> Self:
        _ = self.money  # raises in words
        return self


class NewOrder(BaseModel):
    """What a customer wants, and by which card she pays."""

    lines: NewLines | None = Field(default=None, description="Without lines, the basket is ordered.")
    card: Card
    expected_total: ExpectedTotal | None = Field(
        default=None, description="What she was shown. Where the order costs anything else, it is refused."
    )


class Line(BaseModel):
    """So many pieces of one product, at the price of that moment."""

    sku: str
    name: str
    quantity: int
    unit_price: Price
    line_total: Price

    @classmethod
    def of(cls, line: PricedLine) -> Self:
        """Return what is answered for a line."""
        return cls(
            sku=line.sku,
            name=line.name,
            quantity=line.quantity,
            unit_price=Price.of(line.unit_price),
            line_total=Price.of(line.total),
        )


class HistoryEntry(BaseModel):
    """A step on an order's way."""

    status: Status
    at: datetime


class Order(BaseModel):
    """An order of a customer."""

    order_id: str
    number: str | None = Field(description="Given when the order is confirmed.")
    status: Status
    reason: str | None = Field(description="Why it is rejected.")
    lines: list[Line]
    total: Price
    placed_at: datetime
    history: list[HistoryEntry]
    customer_name: str

    @classmethod
    def of(cls, order: StoredOrder) -> Self:
        """Return what is answered for a reserved order."""
        assert order.total is not None, "an order that was never reserved is shown to nobody"
        return cls(
            order_id=order.order_id,
            number=order.number,
            status=order.status,
            reason=order.reason,
            lines=[Line.of(line) for line in order.priced],
            total=Price.of(order.total),
            placed_at=order.placed_at,
            history=[HistoryEntry(status=change.status, at=change.at) for change in order.history],
            customer_name=order.customer_name,
        )


class Page(BaseModel):
    """Some of the orders, newest first."""

    items: list[Order]
    next: str | None = Field(description="Send it as `after` for the orders that follow; null on the last page.")


class BasketLine(Line):
    """So many pieces of one product, at the price of now."""

    price_was: Price | None = Field(description="What a piece cost when it was put in, where it costs something else.")


class Basket(BaseModel):
    """What a customer has gathered."""

    lines: list[BasketLine]
    total: Price | None = Field(description="Null for an empty basket, and where the prices are of several currencies.")


class Pieces(BaseModel):
    """How many pieces of a product there shall be in the basket, or how many more."""

    quantity: Quantity
