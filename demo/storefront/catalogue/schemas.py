"""What catalogue takes and answers."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema, model_validator

from demo.storefront.platform.lines import NewLines  # noqa: TC001 - pydantic reads it
from demo.storefront.platform.money import Price

from .rules import (
    HIGHEST_PRICE,
    LONGEST_NAME,
    MOST_IN_STOCK,
    good_name,
    good_stock,
)

ProductName = Annotated[
    str,
    AfterValidator(good_name),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}),
]
Stock = Annotated[
    int,
    BeforeValidator(good_stock),
    WithJsonSchema({"type": "integer", "minimum": 0, "maximum": MOST_IN_STOCK}),
]
Status = Literal["held", "confirmed", "expired", "released"]


class AskingPrice(Price):
    """What a piece costs; more than nothing, and less than a million."""

    @model_validator(mode="after")
    def _is_money(self) -> Self:
        if self.money.minor == 0:
            msg = "Ask for more than nothing."
            raise ValueError(msg)
        if int(self.amount.partition(".")[0]) > HIGHEST_PRICE:
            msg = f"Ask for less than {HIGHEST_PRICE + 1:,}."
            raise ValueError(msg)
        return self


class NewProduct(BaseModel):
    """A product to be offered, or what it becomes."""

    name: ProductName
    price: AskingPrice
    stock: Stock | None = Field(
        default=None, description="Pieces in the stock room, those on hold included. Without it, the stock stays."
    )


class Product(BaseModel):
    """A product that a shop offers."""

    sku: str
    name: str
    price: Price
    available: int = Field(description="Pieces that can be had now.")
    notice: str | None = Field(default=None, description="What the shelf says of the pieces that are left.")


class OfficeProduct(Product):
    """A product as those see it who sell it."""

    stock: int = Field(description="Pieces in the stock room, those on hold included.")


class NewReservation(BaseModel):
    """What shall be held."""

    lines: NewLines


class Line(BaseModel):
    """So many pieces of one product, at the price of the moment of reserving."""

    sku: str
    name: str
    quantity: int
    unit_price: Price
    line_total: Price


class Reservation(BaseModel):
    """Pieces that are held for somebody, or were."""

    reservation_id: str
    status: Status
    expires_at: datetime
    lines: list[Line]
    total: Price
