"""What may be sold and reserved, for how long, and what customers are told of what is left."""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from demo.storefront.platform.lines import no_product
from demo.storefront.platform.problems import FieldError, invalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from demo.storefront.platform.money import Money

HOLD = timedelta(minutes=15)
FEW = 3
MOST_IN_STOCK = 1_000_000
HIGHEST_PRICE = 999_999  # and a fraction, e.g. 999,999.99
LONGEST_NAME = 80


class Wanted(NamedTuple):
    """So many pieces of one product."""

    sku: str
    quantity: int


class Left(NamedTuple):
    """How many pieces of a product can be had now."""

    name: str
    pieces: int

    @property
    def words(self) -> str:
        """Return what somebody is told who wants more than that."""
        if self.pieces == 0:
            return f"{self.name} is sold out."
        return f"Only {self.pieces} of {self.name} {'is' if self.pieces == 1 else 'are'} left."


def good_name(text: str) -> str:
    """Return a product's name, trimmed."""
    name = text.strip()
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        msg = f"Enter a name of 1 to {LONGEST_NAME} characters."
        raise ValueError(msg)
    return name


def good_stock(stock: object) -> int:
    """Return a number of pieces that a shop may have; a text or a fraction is none."""
    if not isinstance(stock, int) or isinstance(stock, bool) or not 0 <= stock <= MOST_IN_STOCK:
        msg = f"Enter a stock from 0 to {MOST_IN_STOCK:,} pieces."
        raise ValueError(msg)
    return stock


def notice(available: int, *, tells_of_few: bool) -> str | None:
    """Return what a shelf says of the pieces that are left, if anything."""
    if available == 0:
        return "Sold out"
    return f"Only {available} left" if tells_of_few and available <= FEW else None


def unknown_products(lines: Sequence[Wanted], offered: Iterable[str]) -> list[FieldError]:
    """Return an error for each line whose product is not ``offered``."""
    known = set(offered)
    return [
        FieldError(detail=no_product(line.sku), pointer=f"#/lines/{position}/sku")
        for position, line in enumerate(lines)
        if line.sku not in known
    ]


def shortages(lines: Sequence[Wanted], stock: Mapping[str, Left]) -> list[FieldError]:
    """Return an error for each line that wants more than the lines before it leave over."""
    rest = {sku: left.pieces for sku, left in stock.items()}
    errors = []
    for position, line in enumerate(lines):
        if line.quantity > rest[line.sku]:
            errors.append(FieldError(detail=stock[line.sku].words, pointer=f"#/lines/{position}/quantity"))
        else:
            rest[line.sku] -= line.quantity
    return errors


def total_of(amounts: Sequence[Money]) -> Money:
    """Return the sum; raise a 422 problem where the amounts are not of one currency."""
    if len({amount.currency for amount in amounts}) > 1:
        raise invalid([FieldError(detail="Order products of one currency.", pointer="#/lines")])
    return reduce(add, amounts)
