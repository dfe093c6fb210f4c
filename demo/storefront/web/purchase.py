"""What a customer is about to pay for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from demo.storefront.platform.lines import MOST_PIECES
from demo.storefront.platform.money import Money

if TYPE_CHECKING:
    from .refusals import RefusedError


def new_key() -> str:
    """Return an idempotency key that was never used."""
    return secrets.token_urlsafe(16)


def pieces_in(text: str) -> int | None:
    """Return a quantity as a number from 1 to 99, ``None`` where it is none."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(MOST_PIECES)):
        return None
    pieces = int(text)
    return pieces if 1 <= pieces <= MOST_PIECES else None


@dataclass(frozen=True)
class Purchase:
    """A product and a quantity as it was entered, or the basket where there is no product; and the key.

    ``card`` stands for a card that payments knows. ``amount`` and ``currency`` are the total that the customer saw.
    ``unsure`` means that an answer was lost: the order may have been placed.
    """

    sku: str
    quantity: str
    key: str
    amount: str = ""
    currency: str = ""
    card: str = ""
    unsure: bool = False

    @property
    def pieces(self) -> int | None:
        """Return the quantity as a number from 1 to 99, ``None`` where it is none."""
        return pieces_in(self.quantity)

    @property
    def is_complete(self) -> bool:
        """Tell whether this can be ordered: a quantity with its product, and a total that was seen."""
        try:
            seen = bool(self.total)
        except ValueError:
            seen = False
        return seen and (not self.sku or self.pieces is not None)

    @property
    def lines(self) -> dict[str, int]:
        """Return what is ordered, a quantity for each product; nothing where it is the basket."""
        return {self.sku: self.pieces} if self.sku and self.pieces else {}

    @property
    def total(self) -> Money:
        """Return the total that the customer saw; raise ValueError where it is none."""
        return Money.parse(self.amount, self.currency)

    @property
    def path(self) -> str:
        """Return where it is paid for."""
        return f"/checkout?sku={self.sku}&quantity={self.quantity}" if self.sku else "/checkout"

    def at(self, total: Money) -> Purchase:
        """Return the purchase at another total."""
        return replace(self, amount=total.amount, currency=total.currency)

    def after(self, refusal: RefusedError) -> Purchase:
        """Return the next attempt after a refusal.

        Most refusals are remembered for their key, so that the next attempt needs a new one. Some say nothing about
        the key: whoever was not let in, or asked too often, may have ordered with it before. And while the order is
        still being placed, another key would place another order.
        """
        if refusal.kind == "still-being-placed":
            return replace(self, unsure=True)
        if refusal.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS):
            return self
        return replace(self, key=new_key(), card="", unsure=False)
