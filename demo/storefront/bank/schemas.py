"""What the bank takes and answers."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from demo.storefront.platform.money import Price

from .sandbox import Reason  # noqa: TC001 - pydantic reads it

Merchant = Annotated[str, Field(min_length=1, max_length=80, examples=["adas-tea"])]
KEY = r"^[\x21-\x7e]{1,200}$"


def _good_sum(price: Price) -> Price:
    if price.money.minor == 0:
        msg = "Name a sum of more than nothing."
        raise ValueError(msg)
    return price


Sum = Annotated[Price, AfterValidator(_good_sum)]


class NewCard(BaseModel):
    """A card as its holder reads it."""

    merchant: Merchant
    number: str = Field(pattern=r"^[0-9]{12,19}$")
    expiry: str = Field(pattern=r"^(0[1-9]|1[0-2])/[0-9]{2}$", examples=["12/29"])
    cvc: str = Field(pattern=r"^[0-9]{3,4}$")


class Card(BaseModel):
    """A card as a merchant may know it."""

    card: str
    brand: str
    last4: str


class NewCharge(BaseModel):
    """Money to be taken from a card."""

    merchant: Merchant
    card: str
    amount: Sum


class Charge(BaseModel):
    """What became of a charge."""

    charge: str
    status: Literal["succeeded", "declined", "cancelled"]
    reason: Reason | None


class Cancellation(BaseModel):
    """The wish that the charge of this key shall not be made any more."""

    merchant: Merchant
    key: str = Field(pattern=KEY)


class NewRefund(BaseModel):
    """Money to be returned from a charge."""

    merchant: Merchant
    charge: str
    amount: Sum


class Refund(BaseModel):
    """Money that was returned."""

    refund: str
    charge: str


class Movement(BaseModel):
    """Money that was taken, or returned: then the amount is negative."""

    at: datetime
    kind: Literal["charge", "refund"]
    charge: str
    key: str
    amount: str = Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", examples=["-4.50"])
    currency: str


class Statement(BaseModel):
    """All movements of a merchant, the oldest first."""

    merchant: str
    movements: list[Movement]
