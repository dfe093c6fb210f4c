"""What the owner is told of her sales, and whether it is what the books say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ..core import action
from .accounts import be_signed_in
from .announcements import settle
from .channel import Channel, in_use, used
from .money import Money
from .sales import THE_DAYS, DaySales
from .shop import shop, time_zone
from .stores import database

if TYPE_CHECKING:
    from ..world import World
    from .sales import Days

_BOOKS: Final = """
    WITH entry AS (
        SELECT (history.at AT TIME ZONE :zone)::date AS day, history.status, placed.total_minor AS minor
        FROM orders.order_history AS history JOIN orders.customer_order AS placed USING (shop, order_id)
        WHERE shop = :shop AND history.status IN ('cancelled', 'refunded')
        UNION ALL
        SELECT (placed_at AT TIME ZONE :zone)::date, 'placed', total_minor
        FROM orders.customer_order WHERE shop = :shop AND number IS NOT NULL
    )
    SELECT day, count(*) FILTER (WHERE status = 'placed') AS orders,
           COALESCE(sum(minor) FILTER (WHERE status = 'placed'), 0) AS sold,
           COALESCE(sum(minor) FILTER (WHERE status = 'cancelled'), 0) AS cancelled,
           COALESCE(sum(minor) FILTER (WHERE status = 'refunded'), 0) AS refunded
    FROM entry WHERE day BETWEEN :first AND :last GROUP BY day ORDER BY day
"""
"""The sales by what the order desk has written down, which the reporting desk never sees."""


def look_at_sales(world: World, name: str, days: Days, channel: Channel) -> None:
    """Ask for the sales of these days, when all that was to be reported has been."""
    settle(world)
    be_signed_in(world, name, channel)
    world.notes[THE_DAYS] = days
    with world.action(f"ask for the sales {days}"):
        used(world, channel).office.look_at_sales(world, days)


def expect_the_books(world: World) -> None:
    """The report that was asked for shows what the books say, to the penny."""
    days = world.notes[THE_DAYS]
    in_use(world).office.expect_sales(world, _books(world, days))


@action("add up what the order desk has written down {days}")
def _books(world: World, days: Days) -> list[DaySales]:
    asked = {"shop": shop(world), "zone": time_zone(world), "first": days.first, "last": days.last}
    rows = database(world).rows(_BOOKS, **asked)
    assert rows, f"expected orders in the books from {days.first} to {days.last}, found none"
    return [_day(row) for row in rows]


def _day(row: dict[str, Any]) -> DaySales:
    sold, cancelled, refunded = (int(row[name]) for name in ("sold", "cancelled", "refunded"))
    sums = (sold, cancelled, refunded, sold - cancelled - refunded)
    return DaySales(row["day"], int(row["orders"]), *map(Money, sums))
