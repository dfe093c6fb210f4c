"""The stock room, as orders knows it: products, and pieces that are held for an order."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - pydantic reads it
from http import HTTPStatus
from typing import TYPE_CHECKING

from pydantic import BaseModel, TypeAdapter

from demo.storefront.platform.money import Price  # noqa: TC001 - pydantic reads it
from demo.storefront.platform.peers import Peer, PeerUnavailableError, segment
from demo.storefront.platform.problems import Problem, unavailable

from .desk import Deadline, Desk, RefusalError
from .stored import PricedLine

if TYPE_CHECKING:
    from .stored import StoredOrder

TIMEOUT = 2.0
HELD_NO_LONGER = ("reservation-expired", "reservation-released")
TOO_LATE = "Your order took too long, and its goods were given free. Nothing was ordered; what was paid is returned."


class Product(BaseModel):
    """A product that a shop offers."""

    sku: str
    name: str
    price: Price


class ReservedLine(BaseModel):
    """So many pieces that are held, with their name and price."""

    sku: str
    name: str
    quantity: int
    unit_price: Price


class Reservation(BaseModel):
    """What is held for an order, until when by the shop's clock."""

    expires_at: datetime
    lines: list[ReservedLine]
    total: Price


_PRODUCTS = TypeAdapter(list[Product])


class Stock:
    """Asks the catalogue; every change may be asked again without doing it twice."""

    def __init__(self, catalogue: Peer, key: str) -> None:
        """Ask ``catalogue`` with the platform's own key."""
        self._peer, self._desk = catalogue, Desk("catalogue", catalogue, key, TIMEOUT)

    async def products(self, shop: str) -> dict[str, Product]:
        """Return what a shop offers, by its key; raise a 503 problem where the catalogue cannot say."""
        try:
            response = await self._desk.ask("GET", f"{_shop(shop)}/products", Deadline())
        except PeerUnavailableError as error:
            raise unavailable(error.peer) from error
        return {product.sku: product for product in _PRODUCTS.validate_json(response.content)}

    async def reserve(self, order: StoredOrder, deadline: Deadline) -> Reservation:
        """Have the pieces held; raise RefusalError where they cannot be."""
        lines = [{"sku": line.sku, "quantity": line.quantity} for line in order.lines]
        refusals = (HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            response = await self._desk.ask("PUT", _place(order), deadline, body={"lines": lines}, refusals=refusals)
        except RefusalError as error:
            raise too_late() if error.problem.kind in HELD_NO_LONGER else error from error
        return self._desk.read(Reservation, response)

    async def confirm(self, order: StoredOrder, deadline: Deadline) -> None:
        """Have the held pieces leave the stock; raise RefusalError where they are held no longer."""
        refusals = (HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND)
        try:
            await self._desk.ask("POST", f"{_place(order)}/confirmation", deadline, refusals=refusals)
        except RefusalError as error:
            raise too_late() from error

    async def release(self, order: StoredOrder, deadline: Deadline) -> None:
        """Give the pieces back, held or confirmed; afterwards nothing is ever held for this order."""
        await self._desk.ask("DELETE", _place(order), deadline)


def reserved_lines(order: StoredOrder, reservation: Reservation) -> list[PricedLine]:
    """Return the order's lines with the names and prices at which they are held."""
    return [
        PricedLine(mine.sku, mine.quantity, theirs.name, theirs.unit_price.money)
        for mine, theirs in zip(order.lines, reservation.lines, strict=True)
    ]


def too_late() -> RefusalError:
    """Return the refusal of an order whose goods are held no longer."""
    return RefusalError(Problem(HTTPStatus.CONFLICT, "reservation-expired", TOO_LATE))


def _shop(shop: str) -> str:
    return f"/catalogue/v1/shops/{segment(shop)}"


def _place(order: StoredOrder) -> str:
    return f"{_shop(order.shop)}/reservations/{segment(order.order_id)}"
