"""Money is an integer of minor units and a currency; no floating point touches it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from pydantic import BaseModel, Field

DIGITS = {"GBP": 2, "EUR": 2, "USD": 2, "JPY": 0}
SYMBOLS = {"GBP": "£", "EUR": "€", "USD": "$", "JPY": "¥"}
_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.([0-9]+))?")


@dataclass(frozen=True)
class Money:
    """An amount such as £4.50: ``Money(450, "GBP")``."""

    minor: int
    currency: str

    @classmethod
    def parse(cls, amount: str, currency: str) -> Self:
        """Read a decimal amount such as ``"4.50"``; raise ValueError where it is none of that currency."""
        if currency not in DIGITS:
            msg = f"{currency!r} is no currency of this platform; choose one of {', '.join(DIGITS)}."
            raise ValueError(msg)
        digits = DIGITS[currency]
        match = _AMOUNT.fullmatch(amount)
        fraction = (match.group(1) or "") if match else ""
        if match is None or len(fraction) > digits:
            msg = f"{amount!r} is no amount of {currency}; write it like '{cls(450, currency).amount}'."
            raise ValueError(msg)
        return cls(int(amount.split(".", maxsplit=1)[0] + fraction.ljust(digits, "0")), currency)

    @property
    def amount(self) -> str:
        """Return the decimal amount, e.g. ``4.50``."""
        digits = DIGITS[self.currency]
        if digits == 0:
            return str(self.minor)
        whole, fraction = divmod(self.minor, 10**digits)
        return f"{whole}.{fraction:0{digits}d}"

    def __mul__(self, quantity: int) -> Money:
        """Return the price of ``quantity`` pieces."""
        return Money(self.minor * quantity, self.currency)

    def __add__(self, other: Money) -> Money:
        """Return the sum; both must be of one currency."""
        if self.currency != other.currency:
            msg = f"cannot add {self.currency} and {other.currency}"
            raise ValueError(msg)
        return Money(self.minor + other.minor, self.currency)

    def __str__(self) -> str:
        """Return what a customer reads, e.g. ``£4.50``."""
        return f"{SYMBOLS[self.currency]}{self.amount}"


class Price(BaseModel):
    """An amount of money in a request or an answer, e.g. 4.50 GBP."""

    amount: str = Field(pattern=r"^[0-9]+(\.[0-9]+)?$", examples=["4.50"])
    currency: str = Field(pattern=r"^[A-Z]{3}$", examples=list(DIGITS))

    @classmethod
    def of(cls, money: Money) -> Self:
        """Return what is answered for ``money``."""
        return cls(amount=money.amount, currency=money.currency)

    @property
    def money(self) -> Money:
        """Return the amount as money; raise ValueError where it is none of its currency."""
        return Money.parse(self.amount, self.currency)
