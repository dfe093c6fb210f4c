"""What may be sold and ordered; each rule answers in words that a customer understands."""

from __future__ import annotations

from typing import TypeVar

Line = TypeVar("Line")
MOST_PIECES = 99
MOST_LINES = 50
LONGEST_NAME = 80
SKU = r"^[a-z0-9][a-z0-9-]{0,39}$"
IDEMPOTENCY_KEY = r"^[\x21-\x7e]{1,200}$"
FIRST_NUMBER = 1001


def good_quantity(quantity: object) -> int:
    """Return a quantity of 1 to 99 pieces; a text or a fraction is none."""
    if not isinstance(quantity, int) or isinstance(quantity, bool) or not 1 <= quantity <= MOST_PIECES:
        msg = f"Choose a quantity from 1 to {MOST_PIECES}."
        raise ValueError(msg)
    return quantity


def good_lines(lines: list[Line]) -> list[Line]:
    """Return the lines of an order; at least one, and not too many."""
    if not 1 <= len(lines) <= MOST_LINES:
        msg = f"Order 1 to {MOST_LINES} products at once."
        raise ValueError(msg)
    return lines


def good_name(text: str) -> str:
    """Return a product's name, trimmed."""
    name = text.strip()
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        msg = f"Enter a name of 1 to {LONGEST_NAME} characters."
        raise ValueError(msg)
    return name


def order_number(count: int) -> str:
    """Return the number of a shop's order, e.g. ``A-1001`` for its first."""
    return f"A-{FIRST_NUMBER + count - 1}"
