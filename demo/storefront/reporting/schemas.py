"""What reporting answers."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Self

from pydantic import BaseModel, Field

from demo.storefront.platform.money import DIGITS, Money

if TYPE_CHECKING:
    from .rules import Sums


class Balance(BaseModel):
    """An amount of money that may be less than nothing, e.g. -4.50 GBP."""

    amount: str = Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$", examples=["-4.50"])
    currency: str = Field(pattern=r"^[A-Z]{3}$", examples=list(DIGITS))

    @classmethod
    def of(cls, minor: int, currency: str) -> Self:
        """Return what is answered for so many minor units."""
        sign = "-" if minor < 0 else ""
        return cls(amount=sign + Money(abs(minor), currency).amount, currency=currency)


class Totals(BaseModel):
    """What was sold and taken back in one currency."""

    currency: str
    orders: int
    gross: Balance
    cancelled_orders: int
    cancelled: Balance
    refunded_orders: int
    refunded: Balance
    net: Balance = Field(description="Gross without what was cancelled and refunded.")

    @classmethod
    def of(cls, sums: Sums, **day: date) -> Self:
        """Return what is answered for these sums."""
        return cls(
            currency=sums.currency,
            orders=sums.orders,
            gross=Balance.of(sums.gross, sums.currency),
            cancelled_orders=sums.cancelled_orders,
            cancelled=Balance.of(sums.cancelled, sums.currency),
            refunded_orders=sums.refunded_orders,
            refunded=Balance.of(sums.refunded, sums.currency),
            net=Balance.of(sums.net, sums.currency),
            **day,
        )


class Day(Totals):
    """A day in the shop's time zone: orders count when they were placed, what was taken back when that happened."""

    day: date


class Sales(BaseModel):
    """The sales of a period; days without movement are absent."""

    shop: str
    time_zone: str
    first: date = Field(serialization_alias="from")
    last: date = Field(serialization_alias="to", description="Included.")
    days: list[Day] = Field(description="By day and currency.")
    totals: list[Totals] = Field(description="By currency.")
