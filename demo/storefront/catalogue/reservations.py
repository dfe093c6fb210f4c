"""Reservations hold pieces for an order until it is paid: held, then confirmed, expired or released."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
import structlog
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.problems import Problem, invalid

from .lines import read_reservation, store_lines
from .rules import HOLD, Left, Wanted, shortages, unknown_products
from .stock import lock_products, move, pieces_of, set_status
from .tables import RESERVATION

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from demo.storefront.platform.database import Database
    from demo.storefront.platform.shops import ShopProfile

    from .schemas import NewReservation, Reservation
    from .shelf import Shelf

log = structlog.get_logger()


class Reservations:
    """Takes pieces from the stock, for a while or for good, and brings them back; each step may be repeated."""

    def __init__(self, database: Database, shelf: Shelf) -> None:
        """Keep the reservations in ``database``, and tell ``shelf`` of each change."""
        self._database, self._shelf = database, shelf

    def hold(self, shop: ShopProfile, reservation_id: str, body: NewReservation) -> tuple[Reservation, bool]:
        """Hold all of the pieces or none; the second value tells whether they were not held before."""
        wanted, now = [Wanted(line.sku, line.quantity) for line in body.lines], shop.now()
        with self._database.transaction() as connection:
            is_new = _claim(connection, shop.shop, reservation_id, "held", now + HOLD)
            if is_new:
                _take(connection, shop.shop, reservation_id, wanted, now)
            row = _in_force(connection, shop.shop, reservation_id, now)
            reservation = read_reservation(connection, row)
        if [Wanted(line.sku, line.quantity) for line in reservation.lines] != wanted:
            raise _reused()
        self._tell("reservation.held", shop, reservation_id)
        return reservation, is_new

    def confirm(self, shop: ShopProfile, reservation_id: str) -> Reservation:
        """Take the held pieces for good; raise a 409 problem where they are not held any more."""
        now = shop.now()
        with self._database.transaction() as connection:
            pieces = pieces_of(connection, shop.shop, [reservation_id])
            lock_products(connection, shop.shop, pieces, now)
            row = _in_force(connection, shop.shop, reservation_id, now)
            if row["status"] == "held":
                move(connection, shop.shop, pieces, reserved=-1, on_hand=-1)
                set_status(connection, shop.shop, reservation_id, "confirmed")
            reservation = read_reservation(connection, {**row, "status": "confirmed"})
        self._tell("reservation.confirmed", shop, reservation_id)
        return reservation

    def release(self, shop: ShopProfile, reservation_id: str) -> None:
        """Bring the pieces back; where nothing was held yet, nothing ever will be."""
        with self._database.transaction() as connection:
            if not _claim(connection, shop.shop, reservation_id, "released", None):
                _bring_back(connection, shop.shop, reservation_id, shop.now())
        self._tell("reservation.released", shop, reservation_id)

    def _tell(self, what: str, shop: ShopProfile, reservation_id: str) -> None:
        self._shelf.changed(shop.shop)
        log.info(what, reservation=reservation_id)


def _claim(connection: sa.Connection, shop: str, reservation_id: str, status: str, expires_at: datetime | None) -> bool:
    """Be the first to use the id; where somebody just does, wait for the outcome."""
    values = {"shop": shop, "reservation_id": reservation_id, "status": status, "expires_at": expires_at}
    claim = insert(RESERVATION).values(values).on_conflict_do_nothing().returning(RESERVATION.c.reservation_id)
    return connection.execute(claim).scalar_one_or_none() is not None


def _take(connection: sa.Connection, shop: str, reservation_id: str, wanted: Sequence[Wanted], now: datetime) -> None:
    """Take the pieces from what is available; raise a 422 or 409 problem that points to what cannot be had."""
    stock = lock_products(connection, shop, {line.sku for line in wanted}, now)
    if unknown := unknown_products(wanted, stock):
        raise invalid(unknown)
    store_lines(connection, shop, reservation_id, wanted, stock)
    left = {sku: Left(row["name"], row["on_hand"] - row["reserved"]) for sku, row in stock.items()}
    if errors := shortages(wanted, left):
        raise Problem(HTTPStatus.CONFLICT, "out-of-stock", errors[0].detail, errors)
    move(connection, shop, pieces_of(connection, shop, [reservation_id]), reserved=1)


def _bring_back(connection: sa.Connection, shop: str, reservation_id: str, now: datetime) -> None:
    pieces = pieces_of(connection, shop, [reservation_id])
    lock_products(connection, shop, pieces, now)
    status = connection.execute(_one(shop, reservation_id)).mappings().one()["status"]
    if status == "held":
        move(connection, shop, pieces, reserved=-1)
    if status == "confirmed":
        move(connection, shop, pieces, on_hand=1)
    set_status(connection, shop, reservation_id, "released")


def _in_force(connection: sa.Connection, shop: str, reservation_id: str, now: datetime) -> sa.RowMapping:
    """Return a reservation that is held or confirmed; raise a 404 or 409 problem where it is not."""
    row = connection.execute(_one(shop, reservation_id)).mappings().one_or_none()
    if row is None:
        raise Problem(HTTPStatus.NOT_FOUND, "unknown-reservation", "There is no such reservation.")
    if row["status"] == "released":
        raise Problem(HTTPStatus.CONFLICT, "reservation-released", "This reservation was released.")
    if row["status"] == "expired" or (row["status"] == "held" and row["expires_at"] <= now):
        raise Problem(HTTPStatus.CONFLICT, "reservation-expired", "The products are no longer on hold for you.")
    return row


def _one(shop: str, reservation_id: str) -> sa.Select[tuple[Any, ...]]:
    return sa.select(RESERVATION).filter_by(shop=shop, reservation_id=reservation_id)


def _reused() -> Problem:
    detail = "This reservation was made for other lines."
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, "idempotency-key-reused", detail)
