"""What the owner entered of a product."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass

from demo.storefront.platform.money import DIGITS, Money

from .refusals import Mistake

MOST_IN_STOCK = 1_000_000
LONGEST_SKU = 40
NO_NAME = "Enter a name of 1 to 80 characters."


@dataclass(frozen=True)
class Offer:
    """A product's name, price and stock, as they were entered; an empty stock leaves the stock as it is."""

    name: str
    amount: str
    currency: str
    stock: str = ""

    @property
    def price(self) -> Money | None:
        """Return the price, ``None`` where it is none."""
        try:
            return Money.parse(self.amount, self.currency)
        except ValueError:
            return None

    @property
    def pieces(self) -> int | None:
        """Return how many pieces there are, ``None`` where that is not told."""
        return int(self.stock) if _is_stock(self.stock) else None

    def mistakes(self, suffix: str = "") -> list[Mistake]:
        """Return what is wrong, at the fields whose names end in ``suffix``; that of a new product is empty."""
        found = []
        if not self.name and not suffix:
            found.append(Mistake(NO_NAME, "name"))
        if self.price is None:
            example = Money(450, self.currency).amount if self.currency in DIGITS else "4.50"
            found.append(Mistake(f"Enter a price such as {example}.", f"amount{suffix}"))
        if self.stock and not _is_stock(self.stock):
            found.append(Mistake(f"Enter a stock from 0 to {MOST_IN_STOCK:,} pieces.", f"stock{suffix}"))
        return found


def sku_of(name: str) -> str:
    """Return the key under which a new product is offered, e.g. ``earl-grey``; a drawn one where no letter is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SKU].rstrip("-")
    return words or f"product-{secrets.token_hex(4)}"


def _is_stock(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= len(str(MOST_IN_STOCK)) and int(text) <= MOST_IN_STOCK
