"""What a customer wants to pay for, as features write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

GOODS: Final = r'the basket|(?:no|\d+) "[^"]*"'


@dataclass(frozen=True, slots=True)
class Goods:
    """So many pieces of one product, or all that is in the basket where no product is named."""

    product: str = ""
    pieces: int = 0

    def __str__(self) -> str:
        return f"{self.pieces} {self.product}" if self.product else "the basket"


def read_goods(text: str) -> Goods:
    """Read "2 "Earl Grey"" or "the basket"."""
    found = re.fullmatch(r'(no|\d+) "([^"]*)"', text)
    if found is None:
        return Goods()
    return Goods(found[2], 0 if found[1] == "no" else int(found[1]))
