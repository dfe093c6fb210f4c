"""Money as the shop speaks of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_CURRENCIES = {"£": "GBP", "€": "EUR", "$": "USD"}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the currency's minor unit: £4.50 is Money(450, "GBP"), -£4.50 is Money(-450, "GBP")."""

    minor: int
    currency: str = "GBP"

    @classmethod
    def read(cls, text: str) -> Money:
        """Read "£4.50"; ValueError says what was expected."""
        found = re.fullmatch(r"(-?)([£€$])([\d,]+)\.(\d\d)", text)
        if found is None:
            msg = f"{text!r} is no amount of money; expected one such as '£4.50'."
            raise ValueError(msg)
        return cls(int(found[1] + found[3].replace(",", "") + found[4]), _CURRENCIES[found[2]])

    @classmethod
    def of(cls, amount: object) -> Money:
        """Read the shape in which services write money: {"amount": "4.50", "currency": "GBP"}."""
        if not isinstance(amount, dict):
            msg = f"{amount!r} is no money; expected {{'amount': '4.50', 'currency': 'GBP'}}."
            raise ValueError(msg)  # noqa: TRY004 - to the reader it is a value, not a type
        minor = Decimal(str(amount["amount"])) * 100
        if minor != int(minor):
            msg = f"{amount['amount']} {amount['currency']} has more than two decimals; money has two at most."
            raise ValueError(msg)
        return cls(int(minor), str(amount["currency"]))

    @property
    def amount(self) -> str:
        """The amount without its currency, such as "4.50"."""
        whole, cents = divmod(abs(self.minor), 100)
        return f"{'-' if self.minor < 0 else ''}{whole}.{cents:02}"

    def as_json(self) -> dict[str, str]:
        """The shape in which services write money."""
        return {"amount": self.amount, "currency": self.currency}

    def __mul__(self, times: int) -> Money:
        return Money(self.minor * times, self.currency)

    def __str__(self) -> str:
        sign = next((sign for sign, name in _CURRENCIES.items() if name == self.currency), f"{self.currency} ")
        whole, cents = divmod(abs(self.minor), 100)
        return f"{'-' if self.minor < 0 else ''}{sign}{whole:,}.{cents:02}"
