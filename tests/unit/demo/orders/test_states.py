"""The one table of an order's transitions, and the one way to use it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

import pytest
from sqlalchemy.dialects import postgresql

from demo.storefront.orders.advancing import advance
from demo.storefront.orders.closing import not_possible
from demo.storefront.orders.events import Announcer
from demo.storefront.orders.states import (
    TRANSITIONS,
    WORK,
    IllegalTransitionError,
    OvertakenError,
    Status,
    check,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from demo.storefront.orders.stored import StoredOrder

PROMISED = {
    ("pending", "confirmed"),
    ("pending", "rejected"),
    ("confirmed", "shipped"),
    ("confirmed", "cancelling"),
    ("cancelling", "cancelled"),
    ("shipped", "delivered"),
    ("shipped", "refunding"),
    ("delivered", "refunding"),
    ("refunding", "refunded"),
}
LATER = datetime(2026, 12, 2, 9, 30, tzinfo=UTC)


class _Connection:
    """Notes statements; each update changes so many rows."""

    def __init__(self, rows: int) -> None:
        self.rowcount, self.statements = rows, list[str]()

    def execute(self, statement: sa.ClauseElement) -> _Connection:
        compiled = statement.compile(dialect=postgresql.dialect())  # type: ignore[no-untyped-call]
        self.statements.append(f"{compiled} {sorted(map(str, compiled.params.values()))}")
        return self


class _Told(Announcer):
    """Remembers what was announced."""

    def __init__(self) -> None:
        self.orders: list[StoredOrder] = []

    def announce(self, connection: sa.Connection, order: StoredOrder, at: datetime) -> None:
        assert connection is not None
        assert at == LATER
        self.orders.append(order)


def advanced(order: StoredOrder, to: Status, rows: int = 1, **more: Any) -> tuple[StoredOrder, _Connection, _Told]:  # noqa: ANN401
    connection, told = _Connection(rows), _Told()
    changed = advance(cast("sa.Connection", connection), order, to, at=LATER, announcer=told, **more)
    return changed, connection, told


@pytest.mark.parametrize("now", list(Status))
@pytest.mark.parametrize("to", list(Status))
def test_table_has_the_promised_transitions_and_no_other(now: Status, to: Status) -> None:
    """An order goes only where the shop's rules lead, from each state to each."""
    assert (to in TRANSITIONS[now]) == ((now, to) in PROMISED)


def test_illegal_transition_names_what_is_possible() -> None:
    """Who asks for an impossible change is told what the order could become."""
    with pytest.raises(
        IllegalTransitionError, match="is shipped cannot become cancelling; it can become delivered, refunding"
    ):
        check(Status.SHIPPED, Status.CANCELLING)


def test_last_states_lead_nowhere() -> None:
    """A cancelled, a refunded and a rejected order stay what they are."""
    assert {now for now, following in TRANSITIONS.items() if not following} == {"cancelled", "refunded", "rejected"}


def test_illegal_transition_touches_nothing(priced: Callable[..., StoredOrder]) -> None:
    """What is refused is neither stored nor told."""
    connection = _Connection(1)
    with pytest.raises(IllegalTransitionError):
        advance(cast("sa.Connection", connection), priced(), Status.SHIPPED, at=LATER, announcer=_Told())
    assert connection.statements == []


def test_order_is_advanced_only_from_the_status_that_was_read(priced: Callable[..., StoredOrder]) -> None:
    """The change of the row is conditional on the status from which it was decided."""
    _changed, connection, _told = advanced(priced(), Status.CONFIRMED, number="A-1001")
    change, _history = connection.statements
    assert "UPDATE orders.customer_order" in change
    assert "customer_order.status = " in change
    assert "'pending'" in change


def test_order_that_has_left_its_status_is_not_advanced(priced: Callable[..., StoredOrder]) -> None:
    """Of two who decide at once, the second is told, and neither history nor event are written."""
    with pytest.raises(OvertakenError, match="no longer pending"):
        advanced(priced(), Status.CONFIRMED, rows=0)


def test_history_and_event_are_written_with_the_change(priced: Callable[..., StoredOrder]) -> None:
    """Whatever an order becomes is in its history and is announced, on the same connection."""
    changed, connection, told = advanced(priced(), Status.CONFIRMED, number="A-1001")
    assert "INSERT INTO orders.order_history" in connection.statements[1]
    assert told.orders == [changed]
    assert (changed.status, changed.number) == ("confirmed", "A-1001")
    assert [(change.status, change.at) for change in changed.history][-1] == ("confirmed", LATER)


@pytest.mark.parametrize("to", list(Status))
def test_order_has_a_lease_exactly_while_there_is_work(priced: Callable[..., StoredOrder], to: Status) -> None:
    """An order on its way back is taken up when its worker dies; one that rests is left alone."""
    before = {"cancelling": "confirmed", "refunding": "shipped"}.get(to)
    origin = before or next((now for now, following in TRANSITIONS.items() if to in following), None)
    if origin is None:
        return
    _changed, connection, _told = advanced(priced(status=Status(origin), number="A-1001"), to)
    assert ("clock_timestamp" in connection.statements[0]) == (to in WORK)


@pytest.mark.parametrize(
    ("now", "to", "words"),
    [
        (Status.SHIPPED, Status.CANCELLING, "An order that is shipped cannot be cancelled."),
        (Status.CANCELLED, Status.SHIPPED, "An order that is cancelled cannot be shipped."),
        (Status.REFUNDING, Status.REFUNDING, "An order that is being refunded cannot be refunded."),
        (Status.CANCELLING, Status.DELIVERED, "An order that is being cancelled cannot be delivered."),
    ],
)
def test_impossible_change_is_refused_in_plain_words(now: Status, to: Status, words: str) -> None:
    """People read what the order is, and what it cannot be."""
    problem = not_possible(IllegalTransitionError(now, to))
    assert (problem.status, problem.kind, problem.detail) == (409, "not-possible", words)
