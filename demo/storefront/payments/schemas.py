"""What payments takes and answers."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from demo.storefront.platform.money import Price

from .rules import good_expiry, good_number, good_security_code

Reason = Literal["declined", "insufficient-funds", "card-expired"]
ID = r"^[A-Za-z0-9_-]{1,64}$"


def _text(example: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "examples": [example]})


def _more_than_nothing(price: Price) -> Price:
    if price.money.minor == 0:
        msg = "Name an amount of more than nothing."
        raise ValueError(msg)
    return price


Amount = Annotated[Price, AfterValidator(_more_than_nothing)]


class NewCard(BaseModel):
    """A card as its holder reads it; it goes to the bank, and no text that is made of it shows it."""

    model_config = ConfigDict(hide_input_in_errors=True)

    number: Annotated[str, BeforeValidator(good_number), _text("4242 4242 4242 4242")] = Field(repr=False)
    expiry: Annotated[str, BeforeValidator(good_expiry), _text("12/29")] = Field(repr=False)
    cvc: Annotated[str, BeforeValidator(good_security_code), _text("123")] = Field(repr=False)


class Card(BaseModel):
    """A card as the shop may know it."""

    card: str
    brand: str
    last4: str


class NewCharge(BaseModel):
    """Money to be taken from a card."""

    card: str = Field(min_length=1, max_length=80, examples=["card_1f0c..."])
    amount: Amount


class Charge(BaseModel):
    """What became of a charge; one that was voided before it came has no amount."""

    charge_id: str
    status: Literal["pending", "charged", "declined", "voided", "refunded"]
    reason: Reason | None
    amount: Price | None
    refunded: Price | None


class NewRefund(BaseModel):
    """Money to be returned."""

    amount: Amount


class Refund(BaseModel):
    """Money that was returned."""

    refund_id: str
    charge_id: str
    status: Literal["refunded"]
    amount: Price


class PaymentMoved(BaseModel):
    """The data of the events: money was taken, or returned."""

    charge_id: str
    order_id: str
    amount: Price
    at: datetime
