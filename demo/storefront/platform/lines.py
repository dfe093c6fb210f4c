"""What a line of a basket, an order or a reservation may say; each rule answers in words that customers understand."""

from __future__ import annotations

import re
from collections.abc import Sequence  # noqa: TC003 - part of a signature that pydantic reads
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, WithJsonSchema

Line = TypeVar("Line")
MOST_PIECES = 99
MOST_LINES = 50
SKU = r"^[a-z0-9][a-z0-9-]{0,39}$"
QUANTITY = f"Choose a quantity from 1 to {MOST_PIECES}."


def good_quantity(quantity: object) -> int:
    """Return a quantity of 1 to 99 pieces; a text or a fraction is none."""
    if not isinstance(quantity, int) or isinstance(quantity, bool) or not 1 <= quantity <= MOST_PIECES:
        raise ValueError(QUANTITY)
    return quantity


def good_sku(sku: str) -> str:
    """Return a product's key; what cannot be one is no product's."""
    if not re.fullmatch(SKU, sku):
        raise ValueError(no_product(sku))
    return sku


def no_product(sku: str) -> str:
    """Say that a shop has no such product."""
    return f"There is no product {sku!r}."


def good_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines that are wanted at once; at least one, and not too many."""
    if not 1 <= len(lines) <= MOST_LINES:
        msg = f"Order 1 to {MOST_LINES} products at once."
        raise ValueError(msg)
    return lines


Quantity = Annotated[
    int,
    BeforeValidator(good_quantity),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_PIECES}),
]
Sku = Annotated[str, AfterValidator(good_sku), WithJsonSchema({"type": "string", "pattern": SKU})]


class NewLine(BaseModel):
    """So many pieces of one product."""

    sku: Sku
    quantity: Quantity


NewLines = Annotated[
    list[NewLine],
    AfterValidator(good_lines),
    Field(json_schema_extra={"minItems": 1, "maxItems": MOST_LINES}),
]
