"""What departments tell each other through the broker, and when they have done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core import eventually
from .shop import shop
from .stores import announcements, database

if TYPE_CHECKING:
    from ..world import World

_WAITING = """
    WITH announced AS (
        SELECT event_id, published_at FROM accounts.outbox WHERE shop = :shop
        UNION ALL SELECT event_id, published_at FROM orders.outbox WHERE shop = :shop
    )
    SELECT count(*) FROM announced WHERE published_at IS NULL
    OR event_id NOT IN (SELECT event_id FROM notifications.handled_event WHERE shop = :shop)
"""


def expect_announced_once(world: World, event: str) -> None:
    """The event was announced exactly once for the scenario's shop, when all that was to be announced has been."""
    settle(world)
    found = announcements(world).published(f"storefront.{shop(world)}.{event}")
    assert len(found) == 1, f"expected {event} announced once, found it {len(found)} times"


def settle(world: World) -> None:
    """Wait until everything that the scenario's shop has to announce was announced and has been acted upon.

    Only then can "once" be told from "at least once".
    """

    def check() -> None:
        waiting = database(world).value(_WAITING, shop=shop(world))
        assert waiting == 0, f"{waiting} announcements of this shop are still under way"

    eventually(check)
