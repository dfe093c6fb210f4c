"""What the mails say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
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
    text = _text(data["name"], f"your account at {shop} is ready. We are glad to have you.", shop)
    return Letter("welcome", data["email"], f"Welcome to {shop}", text)


def _locked(data: dict[str, Any]) -> Letter:
    shop = data["shop_name"]
    until = datetime.fromisoformat(data["locked_until"]).astimezone(UTC)
    text = _text(
        data["name"],
        f"somebody entered a wrong password for your account at {shop} several times. To protect you, nobody can "
        f"sign in to it until {until:%H:%M} UTC, not even with the right password.",
        "If it was you, just try again then. If it was not, your account is safe, and you need not do anything.",
        shop,
    )
    return Letter("account-locked", data["email"], "Your account is locked", text)


def _confirmation(data: dict[str, Any]) -> Letter:
    thanks = f"thank you for your order {data['number']}:"
    text = _text(data["customer_name"], thanks, _goods(data), "We will write again when it is on its way.")
    return Letter("order-confirmation", data["customer_email"], f"Your order {data['number']}", text)


def _rejection(data: dict[str, Any]) -> Letter:
    text = _text(
        data["customer_name"],
        "we are sorry: your order could not be completed.",
        data["reason"],
        _goods(data),
        f"You pay nothing for it. If {_total(data)} was already taken from your card, it goes back in full.",
    )
    return Letter("order-rejection", data["customer_email"], "Your order could not be completed", text)


def _cancellation(data: dict[str, Any]) -> Letter:
    told = f"your order {data['number']} is cancelled, and {_total(data)} goes back to your card."
    text = _text(data["customer_name"], told, _goods(data), "We hope to see you again.")
    return Letter("order-cancellation", data["customer_email"], f"Your order {data['number']} is cancelled", text)


def _shipment(data: dict[str, Any]) -> Letter:
    told = f"your order {data['number']} is on its way to you:"
    text = _text(data["customer_name"], told, _goods(data), "Enjoy it!")
    return Letter("order-shipment", data["customer_email"], f"Your order {data['number']} is on its way", text)


def _refund(data: dict[str, Any]) -> Letter:
    told = f"we have sent {_total(data)} back to your card, for your order {data['number']}:"
    text = _text(data["customer_name"], told, _goods(data), "Your bank may need a few days to show it.")
    return Letter("order-refund", data["customer_email"], f"Your refund for order {data['number']}", text)


def _text(name: str, *paragraphs: str | None) -> str:
    """Return a letter of these paragraphs; one that has nothing to say is left out."""
    return "\n\n".join([f"Dear {name},", *filter(None, paragraphs)]) + "\n"


def _goods(data: dict[str, Any]) -> str:
    lines = [f"  {line['quantity']} x {line['name']}  {_price(line['line_total'])}" for line in data["lines"]]
    return "\n".join([*lines, "", f"  Total  {_total(data)}"])


def _total(data: dict[str, Any]) -> str:
    return _price(data["total"])


def _price(price: dict[str, str]) -> str:
    return str(Money.parse(price["amount"], price["currency"]))


_LETTERS: dict[str, Callable[[dict[str, Any]], Letter]] = {
    "customer.registered": _welcome,
    "customer.locked": _locked,
    "order.placed": _confirmation,
    "order.rejected": _rejection,
    "order.cancelled": _cancellation,
    "order.shipped": _shipment,
    "order.refunded": _refund,
}
