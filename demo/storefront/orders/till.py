"""The payment desk, as orders knows it: one charge for each order, and its way back."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from pydantic import BaseModel

from demo.storefront.platform.money import Price
from demo.storefront.platform.peers import Peer, segment
from demo.storefront.platform.problems import Problem

from .desk import Deadline, Desk, RefusalError
from .rules import declined

if TYPE_CHECKING:
    from .stored import StoredOrder

TIMEOUT = 3.0
REFUSALS = (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)


class Charge(BaseModel):
    """What became of a charge."""

    status: str
    reason: str | None = None


class Till:
    """Asks payments; the order's id is the id of its charge, so that nothing is charged or refunded twice."""

    def __init__(self, payments: Peer, key: str) -> None:
        """Ask ``payments`` with the platform's own key."""
        self._desk = Desk("payments", payments, key, TIMEOUT)

    async def charge(self, order: StoredOrder, deadline: Deadline) -> None:
        """Take the money; raise RefusalError where the card is declined or the charge is void."""
        body = {"card": order.card, "amount": _amount(order)}
        response = await self._desk.ask("PUT", _place(order), deadline, body=body, refusals=REFUSALS)
        charge = self._desk.read(Charge, response)
        if charge.status == "declined":
            raise RefusalError(Problem(HTTPStatus.PAYMENT_REQUIRED, "payment-declined", declined(charge.reason)))
        if charge.status != "charged":
            why = f"the charge is {charge.status}"
            raise self._desk.unclear(why)

    async def void(self, order: StoredOrder, deadline: Deadline) -> None:
        """See to it that this order never costs anything, whatever was charged or still will be."""
        await self._desk.ask("DELETE", _place(order), deadline)

    async def refund(self, order: StoredOrder, deadline: Deadline) -> None:
        """Give all the money back."""
        path = f"{_place(order)}/refunds/{segment(order.order_id)}"
        await self._desk.ask("PUT", path, deadline, body={"amount": _amount(order)})


def _amount(order: StoredOrder) -> dict[str, str]:
    assert order.total is not None, "an order has prices before there is anything to pay"
    return Price.of(order.total).model_dump()


def _place(order: StoredOrder) -> str:
    return f"/payments/v1/shops/{segment(order.shop)}/charges/{segment(order.order_id)}"
