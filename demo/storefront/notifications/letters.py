"""What the mails say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from demo.storefront.platform.money import Money

if TYPE_CHECKING:
    from collections.abc import Callable

    from demo.storefront.platform.events import Event


@dataclass(frozen=True)
class Letter:
    """A mail before it is sent."""

    kind: str
    recipient: str
    subject: str
    text: str


def letter_for(event: Event) -> Letter | None:
    """Return the mail that follows from an event, if one does."""
    write = _LETTERS.get(event.type)
    return write(event.data) if write else None


def _welcome(data: dict[str, Any]) -> Letter:
    shop = data["shop_name"]
    text = f"Dear {data['name']},\n\nyour account at {shop} is ready. We are glad to have you.\n\n{shop}\n"
    return Letter("welcome", data["email"], f"Welcome to {shop}", text)


def _confirmation(data: dict[str, Any]) -> Letter:
    lines = "\n".join(f"  {line['quantity']} x {line['name']}  {_price(line['line_total'])}" for line in data["lines"])
    text = (
        f"Dear {data['customer_name']},\n\nthank you for your order {data['number']}:\n\n"
        f"{lines}\n\n  Total  {_price(data['total'])}\n\nWe will write again when it is on its way.\n"
    )
    return Letter("order-confirmation", data["customer_email"], f"Your order {data['number']}", text)


def _price(price: dict[str, str]) -> str:
    return str(Money.parse(price["amount"], price["currency"]))


_LETTERS: dict[str, Callable[[dict[str, Any]], Letter]] = {
    "customer.registered": _welcome,
    "order.placed": _confirmation,
}
