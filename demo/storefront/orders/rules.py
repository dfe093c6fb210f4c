"""What may be ordered, and what customers are told; each rule answers in words that they understand."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from demo.storefront.platform.lines import MOST_PIECES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from demo.storefront.platform.money import Money

    from .stored import PricedLine

ORDER_ID = r"^[A-Za-z0-9_-]{1,64}$"
CARD = r"^card_[A-Za-z0-9_-]{1,75}$"
IDEMPOTENCY_KEY = r"^[\x21-\x7e]{1,200}$"
FIRST_NUMBER = 1001
LONGEST_WAIT = timedelta(minutes=15)
DEPRECATED_SINCE = datetime(2026, 1, 1, tzinfo=UTC)
SUNSET = datetime(2027, 6, 30, 23, tzinfo=UTC)  # midnight in London, where summer time holds
NO_PAGE = "There is no such page."
DECLINED = {
    "insufficient-funds": "The card has insufficient funds.",
    "card-expired": "The card has expired.",
}


def good_card(card: str) -> str:
    """Return the payment desk's token of a card; never a card's number."""
    if not re.fullmatch(CARD, card):
        msg = "Choose a card: send its token, not its number."
        raise ValueError(msg)
    return card


def good_page(after: str) -> str:
    """Return the id of the order after which a page begins; what cannot be one begins none."""
    if not re.fullmatch(ORDER_ID, after):
        raise ValueError(NO_PAGE)
    return after


def is_overdue(reserved_until: datetime | None, placed_at: datetime, now: datetime) -> bool:
    """Tell whether an order waited too long: until its goods were given free, or as long without any."""
    return now >= (reserved_until or placed_at + LONGEST_WAIT)


def order_number(count: int) -> str:
    """Return the number of a shop's order, e.g. ``A-1001`` for its first."""
    return f"A-{FIRST_NUMBER + count - 1}"


def basket_is_full(name: str, held: int) -> str:
    """Say why so many pieces more do not fit into a basket that holds ``held`` of the product."""
    return f"You have {held} of {name} in your basket. It takes at most {MOST_PIECES}."


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
