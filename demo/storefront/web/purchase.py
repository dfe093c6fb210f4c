"""What a customer entered to order one product."""

from __future__ import annotations

from dataclasses import dataclass

MOST_PIECES = 99


@dataclass(frozen=True)
class Purchase:
    """A product, a quantity as it was entered, and the key that makes the order happen once."""

    sku: str
    quantity: str
    key: str

    @property
    def pieces(self) -> int | None:
        """Return the quantity as a number from 1 to 99, ``None`` where it is none."""
        if not self.quantity.isascii() or not self.quantity.isdigit() or len(self.quantity) > len(str(MOST_PIECES)):
            return None
        pieces = int(self.quantity)
        return pieces if 1 <= pieces <= MOST_PIECES else None
