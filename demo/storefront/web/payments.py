"""What the pages ask payments."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

from demo.storefront.platform.peers import Peer, segment

from .answers import answered


@dataclass(frozen=True)
class CardDetails:
    """What a customer entered of her card; it is handed on, and appears in no log and on no page."""

    number: str = field(repr=False)
    expiry: str = field(repr=False)
    cvc: str = field(repr=False)


class Payments:
    """Cards, by way of payments."""

    def __init__(self, peer: Peer) -> None:
        """Ask ``peer``."""
        self._peer = peer

    async def keep_card(self, shop: str, token: str, card: CardDetails) -> str:
        """Return what stands for a card from now on; raise RefusedError with what is wrong with it."""
        body = {"number": card.number, "expiry": card.expiry, "cvc": card.cvc}
        path = f"/payments/v1/shops/{segment(shop)}/cards"
        response = await self._peer.call("POST", path, token=token, json=body)
        return str(answered(response, HTTPStatus.CREATED).json()["card"])
