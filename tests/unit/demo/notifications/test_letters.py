"""What the mails say."""

from __future__ import annotations

import pytest

from demo.storefront.notifications.letters import Letter, letter_for
from demo.storefront.platform.events import Event

CUSTOMER = {"customer_id": "c-1", "name": "Ada", "email": "ada@shop.example", "shop_name": "Ada's Tea"}
ORDER = {
    "order_id": "o-1",
    "number": "A-1001",
    "customer_name": "Ada",
    "customer_email": "ada@shop.example",
    "lines": [
        {"name": "Earl Grey", "quantity": 2, "line_total": {"amount": "9.00", "currency": "GBP"}},
        {"name": "Assam", "quantity": 3, "line_total": {"amount": "0.30", "currency": "GBP"}},
    ],
    "total": {"amount": "9.30", "currency": "GBP"},
    "reason": None,
}
ABOUT_ORDERS = ["order.placed", "order.rejected", "order.cancelled", "order.shipped", "order.refunded"]


def letter(type_: str, **changes: object) -> Letter:
    data = {**(ORDER if type_.startswith("order.") else CUSTOMER), **changes}
    found = letter_for(Event.now(type=type_, source="/storefront", shop="adas-tea", subject="x", data=data))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("type_", "subject"),
    [
        ("order.placed", "Your order A-1001"),
        ("order.rejected", "Your order could not be completed"),
        ("order.cancelled", "Your order A-1001 is cancelled"),
        ("order.shipped", "Your order A-1001 is on its way"),
        ("order.refunded", "Your refund for order A-1001"),
        ("customer.registered", "Welcome to Ada's Tea"),
    ],
)
def test_subject_says_what_happened(type_: str, subject: str) -> None:
    """A customer knows from the subject what a mail is about."""
    assert letter(type_).subject == subject


@pytest.mark.parametrize("type_", ABOUT_ORDERS)
def test_mail_about_an_order_lists_goods_and_sums(type_: str) -> None:
    """Each mail about an order goes to its customer, and says what was ordered for how much."""
    found = letter(type_)
    assert found.recipient == "ada@shop.example"
    for words in ("Dear Ada,", "2 x Earl Grey  £9.00", "3 x Assam  £0.30", "Total  £9.30"):
        assert words in found.text


@pytest.mark.parametrize(
    ("type_", "words"),
    [
        ("order.cancelled", "£9.30 goes back to your card"),
        ("order.refunded", "sent £9.30 back to your card"),
        ("order.rejected", "If £9.30 was already taken from your card, it goes back in full"),
    ],
)
def test_mail_says_which_sum_goes_back(type_: str, words: str) -> None:
    """Whoever gets money back reads how much."""
    assert words in letter(type_).text


def test_rejection_gives_its_reason() -> None:
    """A customer whose order came to nothing reads why, in the words that orders chose."""
    reason = "The card was declined. Nothing was ordered."
    assert f"\n\n{reason}\n\n" in letter("order.rejected", number=None, reason=reason).text


def test_rejection_without_a_reason_has_no_gap() -> None:
    """Where no reason is known, nothing stands in its place."""
    text = letter("order.rejected", number=None).text
    assert "None" not in text
    assert "\n\n\n" not in text


def test_mail_about_a_lock_says_until_when() -> None:
    """A customer whose account is locked reads when she can try again, in UTC whatever offset the event has."""
    found = letter("customer.locked", locked_until="2026-07-01T13:15:00+01:00")
    assert found.subject == "Your account is locked"
    assert "until 12:15 UTC" in found.text


@pytest.mark.parametrize("type_", ["order.delivered", "payment.charged"])
def test_not_everything_is_worth_a_mail(type_: str) -> None:
    """A delivery and a payment are told by the mails around them."""
    event = Event.now(type=type_, source="/storefront", shop="adas-tea", subject="x", data={})
    assert letter_for(event) is None
