"""What is answered to a key, in both versions, and what the other services are told."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from demo.storefront.orders import schemas_v1
from demo.storefront.orders.deprecation import Deprecation
from demo.storefront.orders.events import EVENTS, event_of
from demo.storefront.orders.ledger import words
from demo.storefront.orders.schemas import NewOrder, Order
from demo.storefront.orders.states import Status
from demo.storefront.orders.submissions import fingerprint, nothing_ordered, read_answer, write_answer
from demo.storefront.platform.problems import FieldError, Problem, invalid

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import Message, Receive, Scope, Send

    from demo.storefront.orders.stored import StoredOrder

LATER = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)
TOLD = {"confirmed", "rejected", "cancelled", "shipped", "delivered", "refunded"}


def told(order: StoredOrder) -> dict[str, Any]:
    event = event_of(order, LATER)
    assert event is not None
    return event.data


def test_kept_order_is_answered_as_it_was(priced: Callable[..., StoredOrder]) -> None:
    """A repeated submission is answered word for word."""
    order = Order.of(priced(status=Status.CONFIRMED, number="A-1001"))
    assert read_answer(write_answer(order)) == order


def test_kept_refusal_is_answered_as_it_was() -> None:
    """A repeated submission is refused in the same words, with the same pointers."""
    refusal = Problem(409, "out-of-stock", "Earl Grey is sold out.", [FieldError(detail="a", pointer="#/lines/0")])
    again = read_answer(write_answer(refusal))
    assert isinstance(again, Problem)
    assert again.answer().body == refusal.answer().body


def test_fingerprint_tells_orders_apart() -> None:
    """Any other line, card or expected total is another order."""
    line, price = {"sku": "tea", "quantity": 1}, {"amount": "4.50", "currency": "GBP"}
    bodies: list[dict[str, Any]] = [
        {"card": "card_1"},
        {"card": "card_2"},
        {"card": "card_1", "lines": [line]},
        {"card": "card_1", "lines": [{**line, "quantity": 2}]},
        {"card": "card_1", "expected_total": price},
    ]
    assert len({fingerprint(NewOrder.model_validate(body)) for body in bodies}) == len(bodies)


def test_fingerprint_knows_the_same_order_again() -> None:
    """What says the same is the same order, whether said with null or not at all."""
    same = [NewOrder.model_validate({"card": "card_1", **more}) for more in ({}, {"lines": None})]
    assert fingerprint(same[0]) == fingerprint(same[1])


def test_outage_says_that_nothing_was_ordered_and_when_to_try_again() -> None:
    """A customer is told the truth, and a client when to come back."""
    problem = nothing_ordered()
    assert "Nothing was ordered" in problem.detail
    assert (problem.status, problem.headers["Retry-After"]) == (503, "1")


def test_reason_of_a_rejection_is_what_is_wrong() -> None:
    """The mail about a rejected order says what is wrong, not that something is."""
    assert words(invalid([FieldError(detail="There is no such card.", pointer="#/card")])) == "There is no such card."
    assert words(nothing_ordered()).startswith("Your order could not be placed")


@pytest.mark.parametrize("status", list(Status))
def test_each_end_of_a_step_is_told(priced: Callable[..., StoredOrder], status: Status) -> None:
    """The others hear what an order has become, and nothing of the steps between."""
    reason = "why" if status is Status.REJECTED else None
    order = priced(status=status, number=None if reason else "A-1001", reason=reason, awaited=True)
    assert (event_of(order, LATER) is not None) == (status in TOLD)


def test_event_has_what_a_mail_and_a_report_need(priced: Callable[..., StoredOrder]) -> None:
    """Customer, lines, sum and both times are in the event, so that nobody has to ask back."""
    data = told(priced(status=Status.CONFIRMED, number="A-1001"))
    assert {name: data[name] for name in ("number", "customer_email", "placed_at", "at", "reason")} == {
        "number": "A-1001",
        "customer_email": "ada@example.org",
        "placed_at": "2026-12-01T12:00:00Z",
        "at": "2026-12-02T09:30:00Z",
        "reason": None,
    }
    assert data["total"] == {"amount": "9.00", "currency": "GBP"}
    assert data["lines"][0]["line_total"] == data["total"]


def test_rejection_is_told_only_where_the_customer_waits(priced: Callable[..., StoredOrder]) -> None:
    """Who was refused to her face gets no mail about it; who was told to wait gets one with the reason."""
    rejected = priced(status=Status.REJECTED, reason="The card was declined. Nothing was ordered.")
    assert event_of(rejected, LATER) is None
    waiting = priced(status=Status.REJECTED, reason=rejected.reason, awaited=True)
    assert told(waiting)["reason"] == rejected.reason


def test_confirmed_order_without_a_number_cannot_be_told(priced: Callable[..., StoredOrder]) -> None:
    """The contract of the events is checked before they are stored."""
    with pytest.raises(ValueError, match="number"):
        event_of(priced(status=Status.CONFIRMED), LATER)


def test_published_events_are_those_that_are_sent() -> None:
    """The contract lists each event that orders sends, and no other."""
    assert set(EVENTS) == {"order.placed", *(f"order.{status}" for status in TOLD - {"confirmed"})}


@pytest.mark.parametrize(
    ("status", "collapsed"),
    [
        ("pending", "pending"),
        ("confirmed", "placed"),
        ("shipped", "placed"),
        ("delivered", "placed"),
        ("cancelling", "cancelled"),
        ("cancelled", "cancelled"),
        ("refunding", "cancelled"),
        ("refunded", "cancelled"),
        ("rejected", "cancelled"),
    ],
)
def test_first_version_knows_three_states(priced: Callable[..., StoredOrder], status: str, collapsed: str) -> None:
    """Clients of the first version see the states that they were written for, and none of the new fields."""
    answer = schemas_v1.Order.of(Order.of(priced(status=Status(status)))).model_dump()
    assert answer["status"] == collapsed
    assert not {"history", "reason", "customer_name"} & set(answer)


def headers_of(path: str) -> set[bytes]:
    sent: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 404, "headers": []})

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(Deprecation(app)({"type": "http", "path": path}, receive, send))
    return {name for name, _value in sent[0]["headers"]}


@pytest.mark.parametrize("path", ["/orders/v1", "/orders/v1/shops/adas-tea/orders", "/orders/v1/nonsense"])
def test_each_answer_of_the_first_version_says_that_it_ends(path: str) -> None:
    """Clients of the first version are warned with each answer, errors included."""
    assert headers_of(path) == {b"deprecation", b"sunset", b"link"}


@pytest.mark.parametrize("path", ["/orders/v2/shops/adas-tea/orders", "/orders/v10", "/healthz"])
def test_no_other_answer_says_so(path: str) -> None:
    """Nobody else is warned."""
    assert headers_of(path) == set()
