"""The stock room: every change of a stock or of a reservation happens while the rows of its products are locked.

Products are locked in the order of their keys, reservations are never locked, and nothing else is waited for
afterwards: so no two changes wait for each other in a circle. A hold that ran out by the shop's clock keeps its pieces
in ``reserved`` until somebody wants one of its products; that transaction takes them back first. One that runs out
while that transaction waits for its locks is left to the next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from .tables import LINE, PRODUCT, RESERVATION

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    Rows = Mapping[str, sa.RowMapping]


def lock_products(connection: sa.Connection, shop: str, skus: Collection[str], now: datetime) -> Rows:
    """Lock products until the transaction ends, take back what nobody holds any more, and return their rows by key."""
    ran_out = _holds_that_ran_out(connection, shop, skus, now)
    # A hold ends in one piece, so its other products are locked with those that are wanted.
    _lock(connection, shop, {*skus, *(sku for _reservation, sku in ran_out)})
    _expire(connection, shop, {reservation for reservation, _sku in ran_out})
    wanted = sa.select(PRODUCT).where(PRODUCT.c.shop == shop, PRODUCT.c.sku.in_(skus))
    return {row["sku"]: row for row in connection.execute(wanted).mappings()}


def move(
    connection: sa.Connection, shop: str, pieces: Mapping[str, int], *, reserved: int = 0, on_hand: int = 0
) -> None:
    """Change ``reserved`` and ``on_hand`` of locked products by so many times the pieces, e.g. -1 to take them away."""
    by_key = sa.and_(PRODUCT.c.shop == shop, PRODUCT.c.sku == sa.bindparam("of_sku"))
    count = sa.bindparam("count", type_=sa.BigInteger)
    changed = {"reserved": PRODUCT.c.reserved + reserved * count, "on_hand": PRODUCT.c.on_hand + on_hand * count}
    rows = [{"of_sku": sku, "count": pieces[sku]} for sku in sorted(pieces)]
    if rows:
        connection.execute(sa.update(PRODUCT).where(by_key).values(changed), rows)


def pieces_of(connection: sa.Connection, shop: str, reservations: Collection[str]) -> dict[str, int]:
    """Return how many pieces of each product are in these reservations; their lines never change."""
    among = sa.and_(LINE.c.shop == shop, LINE.c.reservation_id.in_(reservations))
    count = sa.select(LINE.c.sku, sa.func.sum(LINE.c.quantity)).where(among).group_by(LINE.c.sku)
    return {sku: int(quantity) for sku, quantity in connection.execute(count)}


def set_status(connection: sa.Connection, shop: str, reservation_id: str, status: str) -> None:
    """Change the status of a reservation whose products are locked."""
    one = sa.update(RESERVATION).filter_by(shop=shop, reservation_id=reservation_id)
    connection.execute(one.values(status=status))


def has_run_out(shop: str, now: datetime) -> sa.ColumnElement[bool]:
    """Return the condition on reservations that still hold pieces, and whose time is over."""
    return sa.and_(RESERVATION.c.shop == shop, RESERVATION.c.status == "held", RESERVATION.c.expires_at <= now)


def of_reservation(lines: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return the condition that joins lines to their reservation."""
    return sa.and_(lines.c.shop == RESERVATION.c.shop, lines.c.reservation_id == RESERVATION.c.reservation_id)


def _holds_that_ran_out(
    connection: sa.Connection, shop: str, skus: Collection[str], now: datetime
) -> list[tuple[str, str]]:
    """Return reservation and product of every line of the holds on these products that ran out."""
    touching, every = LINE.alias("touching"), LINE.alias("every")
    ran_out = (
        sa.select(every.c.reservation_id, every.c.sku)
        .distinct()
        .select_from(RESERVATION)
        .join(touching, of_reservation(touching))
        .join(every, of_reservation(every))
        .where(has_run_out(shop, now), touching.c.sku.in_(skus))
    )
    return [(reservation_id, sku) for reservation_id, sku in connection.execute(ran_out)]


def _lock(connection: sa.Connection, shop: str, skus: Collection[str]) -> None:
    rows = sa.select(PRODUCT.c.sku).where(PRODUCT.c.shop == shop, PRODUCT.c.sku.in_(skus))
    connection.execute(rows.order_by(PRODUCT.c.sku).with_for_update())


def _expire(connection: sa.Connection, shop: str, reservations: Collection[str]) -> None:
    if not reservations:
        return
    # Whoever had the locks before us may have ended some of them: only what is still held goes back.
    still_held = sa.update(RESERVATION).where(RESERVATION.c.shop == shop, RESERVATION.c.status == "held")
    ending = still_held.where(RESERVATION.c.reservation_id.in_(reservations)).values(status="expired")
    ended = connection.execute(ending.returning(RESERVATION.c.reservation_id)).scalars().all()
    move(connection, shop, pieces_of(connection, shop, ended), reserved=-1)
