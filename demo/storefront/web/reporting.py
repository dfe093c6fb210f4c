"""What the pages ask reporting."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from demo.storefront.platform.peers import Peer, segment

from .answers import Amount, answered, read

if TYPE_CHECKING:
    import httpx


class Figures(BaseModel):
    """What was sold and given back, in one currency."""

    currency: str
    orders: int
    gross: Amount
    cancelled_orders: int
    cancelled: Amount
    refunded_orders: int
    refunded: Amount
    net: Amount


class Day(Figures):
    """The figures of one day."""

    day: date


class Sales(BaseModel):
    """The sales of a shop from one day to another, both included."""

    first: date = Field(validation_alias="from")
    last: date = Field(validation_alias="to")
    days: list[Day]
    totals: list[Figures]


class Reporting:
    """Sales, by way of reporting."""

    def __init__(self, peer: Peer) -> None:
        """Ask ``peer``."""
        self._peer = peer

    async def sales(self, shop: str, token: str, first: str, last: str) -> Sales:
        """Return the sales of these days, written as ISO dates; of today where a text is empty."""
        response = await self._peer.call("GET", _path(shop, "/sales", first, last), token=token)
        return read(Sales, response)

    async def sales_file(self, shop: str, token: str, first: str, last: str) -> httpx.Response:
        """Return the same as a CSV file."""
        return answered(await self._peer.call("GET", _path(shop, "/sales.csv", first, last), token=token))


def _path(shop: str, rest: str, first: str, last: str) -> str:
    days = {name: text for name, text in (("from", first), ("to", last)) if text}
    query = f"?{urlencode(days)}" if days else ""
    return f"/reporting/v1/shops/{segment(shop)}{rest}{query}"
