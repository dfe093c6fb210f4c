"""What departments tell each other through the broker, and when they have done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..core import action, eventually
from .shop import shop
from .stores import announcements, database

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..world import World

NEWS: Final = {
    "the new customer": "customer.registered",
    "a new customer": "customer.registered",
    "the locked account": "customer.locked",
    "a locked account": "customer.locked",
    "the order": "order.placed",
    "the rejected order": "order.rejected",
    "the cancellation": "order.cancelled",
    "the shipment": "order.shipped",
    "the delivery": "order.delivered",
    "the refund": "order.refunded",
    "the payment": "payment.charged",
    "the repayment": "payment.refunded",
}
"""Words for what is announced, by the types of events."""

STREAM: Final = "STOREFRONT"
SALES: Final = frozenset({"order.placed", "order.cancelled", "order.refunded"})
"""What the reporting desk listens to; the mail room listens to everything."""

_WAITING = """
    WITH announced AS (
        SELECT event_id, envelope ->> 'type' AS event, published_at FROM accounts.outbox WHERE shop = :shop
        UNION ALL SELECT event_id, envelope ->> 'type', published_at FROM orders.outbox WHERE shop = :shop
        UNION ALL SELECT event_id, envelope ->> 'type', published_at FROM payments.outbox WHERE shop = :shop
    )
    SELECT count(*) FROM announced WHERE published_at IS NULL
    OR (event LIKE ANY (ARRAY['customer.%', 'order.%'])
        AND event_id NOT IN (SELECT event_id FROM notifications.handled_event WHERE shop = :shop))
    OR (event IN ('order.placed', 'order.cancelled', 'order.refunded')
        AND event_id NOT IN (SELECT event_id FROM reporting.entry WHERE shop = :shop))
"""


def expect_announced(world: World, event: str, times: int) -> None:
    """The event was announced exactly so often for the scenario's shop, when all that was to be announced has been."""
    settle(world)
    found = announcements(world).published(f"storefront.{shop(world)}.{event}")
    assert len(found) == times, f"expected {event} announced {times} times, found it {len(found)} times"


def announce_again(world: World, event: str) -> None:
    """Deliver the newest announcement of the kind once more, and wait until everybody has dealt with it.

    It is the same event with the same id; only the broker's own mark is missing, by which it would drop the repetition.
    """
    settle(world)
    sequence = _repeat(world, event)
    listeners = ("notifications", "reporting") if event in SALES else ("notifications",)
    _wait_until_handled(world, listeners, sequence)


@action("wait until everybody has acted upon what the shop has announced")
def settle(world: World) -> None:
    """Wait until everything that the scenario's shop has to announce was announced and has been acted upon.

    Only then can "once" be told from "at least once", and "never" from "not yet".
    """

    def check() -> None:
        waiting = database(world).value(_WAITING, shop=shop(world))
        assert waiting == 0, f"{waiting} announcements of this shop are still under way"

    eventually(check)


@action("deliver the newest {event} once more")
def _repeat(world: World, event: str) -> int:
    subject = f"storefront.{shop(world)}.{event}"
    found = announcements(world).published(subject)
    assert found, f"expected {event} to have been announced, found no announcement"
    headers = {name: value for name, value in found[-1].headers.items() if name != "Nats-Msg-Id"}
    return announcements(world).publish(subject, found[-1].data, headers)


@action("wait until it is dealt with")
def _wait_until_handled(world: World, listeners: Iterable[str], sequence: int) -> None:
    def check() -> None:
        late = [each for each in listeners if not announcements(world).handled(STREAM, each, sequence)]
        assert not late, f"the repeated announcement was not dealt with by {' and '.join(late)}"

    eventually(check)
