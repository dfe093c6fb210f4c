"""What an order costs, from the products of its shop at this moment."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

import sqlalchemy as sa

from demo.storefront.platform.money import Money
from demo.storefront.platform.problems import FieldError, invalid

from .tables import PRODUCT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .schemas import NewLine


class PricedLine(NamedTuple):
    """So many pieces of one product, with its name and price."""

    sku: str
    name: str
    quantity: int
    unit_price: Money

    @property
    def total(self) -> Money:
        """Return what all the pieces cost."""
        return self.unit_price * self.quantity


def price_lines(connection: sa.Connection, shop: str, lines: Sequence[NewLine]) -> list[PricedLine]:
    """Return the lines with names and prices; raise a 422 problem that points to each unknown product."""
    wanted = sa.select(PRODUCT).where(PRODUCT.c.shop == shop, PRODUCT.c.sku.in_({line.sku for line in lines}))
    offered = {row["sku"]: row for row in connection.execute(wanted).mappings()}
    unknown = [
        FieldError(detail=f"There is no product {line.sku!r}.", pointer=f"#/lines/{position}/sku")
        for position, line in enumerate(lines)
        if line.sku not in offered
    ]
    if unknown:
        raise invalid(unknown)
    found = [(line, offered[line.sku]) for line in lines]
    return [
        PricedLine(line.sku, row["name"], line.quantity, Money(row["price_minor"], row["currency"]))
        for line, row in found
    ]


def total_of(lines: Sequence[PricedLine]) -> Money:
    """Return the sum; raise a 422 problem where the products are not of one currency."""
    if len({line.unit_price.currency for line in lines}) > 1:
        raise invalid([FieldError(detail="Order products of one currency.", pointer="#/lines")])
    return reduce(add, (line.total for line in lines))
