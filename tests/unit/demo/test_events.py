"""What the storefront promises about its events and the mails that follow from them."""

from __future__ import annotations

import json

import pytest

from demo.storefront.notifications.letters import letter_for
from demo.storefront.notifications.post_office import compose
from demo.storefront.platform.events import Event, EventError

PLACED = {
    "number": "A-1001",
    "customer_name": "Ada",
    "customer_email": "ada@example.com",
    "lines": [{"name": "Earl Grey", "quantity": 2, "line_total": {"amount": "9.00", "currency": "GBP"}}],
    "total": {"amount": "9.00", "currency": "GBP"},
}


def placed() -> Event:
    """Return the event of an order for two Earl Grey."""
    return Event.now(type="order.placed", source="/storefront/orders", shop="adas-tea", subject="o-1", data=PLACED)


def test_envelope_is_a_cloudevent() -> None:
    """An event is published as a CloudEvent 1.0 which names its shop."""
    envelope = placed().envelope()
    assert set(envelope) == {
        "specversion", "id", "source", "type", "subject", "shop", "time", "datacontenttype", "data",
    }  # fmt: skip
    assert (envelope["specversion"], envelope["type"], envelope["shop"]) == ("1.0", "order.placed", "adas-tea")


def test_destination_tells_shop_and_type() -> None:
    """Whoever wants the events of one shop, or of one type, subscribes to just these."""
    assert placed().destination == "storefront.adas-tea.order.placed"


def test_event_survives_the_journey() -> None:
    """What is read from a published envelope is the event that was published."""
    event = placed()
    assert Event.read(json.dumps(event.envelope()).encode()) == event


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b"\xff", b'{"id": "1"}'])
def test_what_is_no_event_is_refused(body: bytes) -> None:
    """A message that is none of ours is refused with one kind of error."""
    with pytest.raises(EventError, match="not a CloudEvent"):
        Event.read(body)


def test_confirmation_lists_lines_and_total() -> None:
    """The mail that confirms an order has its number in the subject, its lines and its total in the text."""
    letter = letter_for(placed())
    assert letter is not None
    assert (letter.recipient, letter.subject) == ("ada@example.com", "Your order A-1001")
    assert "2 x Earl Grey  £9.00" in letter.text
    assert "Total  £9.00" in letter.text


def test_mail_carries_shop_event_and_trace() -> None:
    """A mail can be traced to its shop, its event and the request that caused it."""
    event, letter = placed(), letter_for(placed())
    assert letter is not None
    message = compose(event, letter, {"traceparent": "00-ab-cd-01", "baggage": "a=b"})
    assert message["From"] == "adas-tea@storefront.example"
    assert (message["X-Shop"], message["X-Event-Id"]) == ("adas-tea", event.event_id)
    assert (message["traceparent"], message["baggage"]) == ("00-ab-cd-01", "a=b")
    assert event.event_id in message["Message-ID"]


def test_event_without_a_mail_is_no_error() -> None:
    """An event of a type that nobody is told about has no mail."""
    other = Event.now(type="shop.renamed", source="/storefront/accounts", shop="adas-tea", subject="x", data={})
    assert letter_for(other) is None
