"""Which entry an event of an order becomes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from demo.storefront.platform.events import Event
from demo.storefront.reporting.entries import entry_of

PLACED, LATER = datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC), datetime(2026, 3, 2, 8, tzinfo=UTC)


def event(type_: str) -> Event:
    data = {
        "order_id": "o-1",
        "number": "A-1001",
        "total": {"amount": "9.30", "currency": "GBP"},
        "placed_at": "2026-03-01T23:59:59Z",
        "at": "2026-03-02T08:00:00Z",
    }
    return Event.now(type=type_, source="/storefront/orders", shop="adas-tea", subject="o-1", data=data)


@pytest.mark.parametrize(
    ("type_", "kind", "at"),
    [
        ("order.placed", "sale", PLACED),
        ("order.cancelled", "cancellation", LATER),
        ("order.refunded", "refund", LATER),
    ],
)
def test_sale_counts_when_it_was_placed_and_the_rest_when_it_happened(type_: str, kind: str, at: datetime) -> None:
    """An order that is confirmed after midnight is of the day before; a cancellation is of its own day."""
    entry = entry_of(event(type_))
    assert (entry["kind"], entry["at"]) == (kind, at)


def test_entry_has_the_whole_sum_in_minor_units() -> None:
    """An entry knows its order and what it cost, as integers."""
    entry = entry_of(event("order.placed"))
    found = [entry[name] for name in ("shop", "order_id", "number", "amount_minor", "currency")]
    assert found == ["adas-tea", "o-1", "A-1001", 930, "GBP"]


def test_repeated_event_has_the_key_of_the_first() -> None:
    """The entry's key is the event's id, so that a second delivery meets the first."""
    told = event("order.placed")
    assert (entry_of(told), entry_of(told)["event_id"]) == (entry_of(told), told.event_id)
