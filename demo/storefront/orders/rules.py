"""What may be ordered, and what customers are told; each rule answers in words that they understand."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from demo.storefront.platform.money import Money

    from .stored import PricedLine

Line = TypeVar("Line")
MOST_PIECES = 99
MOST_LINES = 50
SKU = r"^[a-z0-9][a-z0-9-]{0,39}$"
CARD = r"^card_[A-Za-z0-9_-]{1,75}$"
IDEMPOTENCY_KEY = r"^[\x21-\x7e]{1,200}$"
FIRST_NUMBER = 1001
LONGEST_WAIT = timedelta(minutes=15)
DEPRECATED_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
SUNSET = datetime(2027, 6, 30, tzinfo=UTC)
DECLINED = {
    "insufficient-funds": "The card has insufficient funds.",
    "card-expired": "The card has expired.",
}


def good_quantity(quantity: object) -> int:
    """Return a quantity of 1 to 99 pieces; a text or a fraction is none."""
    if not isinstance(quantity, int) or isinstance(quantity, bool) or not 1 <= quantity <= MOST_PIECES:
        msg = f"Choose a quantity from 1 to {MOST_PIECES}."
        raise ValueError(msg)
    return quantity


def good_sku(sku: str) -> str:
    """Return a product's key; what cannot be one is no product's."""
    if not re.fullmatch(SKU, sku):
        raise ValueError(no_product(sku))
    return sku


def no_product(sku: str) -> str:
    """Say that a shop has no such product."""
    return f"There is no product {sku!r}."


def good_card(card: str) -> str:
    """Return the payment desk's token of a card; never a card's number."""
    if not re.fullmatch(CARD, card):
        msg = "Choose a card: send its token, not its number."
        raise ValueError(msg)
    return card


def good_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of an order; at least one, and not too many."""
    if not 1 <= len(lines) <= MOST_LINES:
        msg = f"Order 1 to {MOST_LINES} products at once."
        raise ValueError(msg)
    return lines


def is_overdue(reserved_until: datetime | None, placed_at: datetime, now: datetime) -> bool:
    """Tell whether an order waited too long: until its goods were given free, or as long without any."""
    return now >= (reserved_until or placed_at + LONGEST_WAIT)


def order_number(count: int) -> str:
    """Return the number of a shop's order, e.g. ``A-1001`` for its first."""
    return f"A-{FIRST_NUMBER + count - 1}"


def declined(reason: str | None) -> str:
    """Say why a card was not charged."""
    return f"{DECLINED.get(reason or '', 'The card was declined.')} Nothing was ordered."


def price_changed(lines: Sequence[PricedLine], total: Money, expected: Money, seen: Mapping[str, Money]) -> str | None:
    """Say which prices are not those that the customer saw, or nothing where the order costs what she expects.

    ``seen`` are the prices of her basket. Where they do not explain what she expects, the new total is named.
    """
    if total == expected:
        return None
    changed = [line for line in lines if line.unit_price != seen.get(line.sku, line.unit_price)]
    difference = sum(line.total.minor - (seen[line.sku] * line.quantity).minor for line in changed)
    if len(lines) == 1:
        changed = list(lines)
    elif total.minor - difference != expected.minor:
        changed = []
    news = [f"{line.name} costs {line.unit_price} now" for line in changed] or [f"The order costs {total} now"]
    return f"{' and '.join(news)}. Please check your order."
