"""What orders takes and answers."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema, model_validator

from demo.storefront.platform.money import DIGITS, Money

from .rules import LONGEST_NAME, MOST_LINES, MOST_PIECES, SKU, good_lines, good_name, good_quantity

Quantity = Annotated[
    int,
    BeforeValidator(good_quantity),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_PIECES}),
]
ProductName = Annotated[
    str,
    AfterValidator(good_name),
    WithJsonSchema({"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}),
]


class Price(BaseModel):
    """An amount of money, e.g. 4.50 GBP."""

    amount: str = Field(pattern=r"^[0-9]+(\.[0-9]+)?$", examples=["4.50"])
    currency: str = Field(pattern=r"^[A-Z]{3}$", examples=list(DIGITS))

    @classmethod
    def of(cls, money: Money) -> Self:
        """Return what is answered for ``money``."""
        return cls(amount=money.amount, currency=money.currency)


class AskingPrice(Price):
    """What a piece costs; more than nothing."""

    @model_validator(mode="after")
    def _is_money(self) -> Self:
        if self.money.minor == 0:
            msg = "Ask for more than nothing."
            raise ValueError(msg)
        return self

    @property
    def money(self) -> Money:
        """Return the price as money."""
        return Money.parse(self.amount, self.currency)


class NewProduct(BaseModel):
    """A product to be offered."""

    name: ProductName
    price: AskingPrice


class Product(BaseModel):
    """A product that a shop offers."""

    sku: str
    name: str
    price: Price


class NewLine(BaseModel):
    """So many pieces of one product."""

    sku: str = Field(pattern=SKU)
    quantity: Quantity


class NewOrder(BaseModel):
    """What a customer wants."""

    lines: Annotated[list[NewLine], AfterValidator(good_lines)] = Field(
        json_schema_extra={"minItems": 1, "maxItems": MOST_LINES}
    )


class Line(BaseModel):
    """So many pieces of one product, at the price of that moment."""

    sku: str
    name: str
    quantity: int
    unit_price: Price
    line_total: Price


class Order(BaseModel):
    """An order of a customer."""

    order_id: str
    number: str
    status: Literal["placed"]
    lines: list[Line]
    total: Price
    placed_at: datetime


class Customer(BaseModel):
    """Who is signed in, as accounts says."""

    customer_id: str
    name: str
    email: str
