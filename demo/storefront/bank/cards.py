"""Cards: a merchant gets a token; the number stays here."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from demo.storefront.platform.problems import FieldError, invalid

from .schemas import Card
from .tables import CARD

if TYPE_CHECKING:
    from demo.storefront.platform.database import Database

    from .schemas import NewCard, NewCharge

BRANDS = {"34": "amex", "37": "amex", "4": "visa", "5": "mastercard"}


class Cards:
    """Keeps the cards of all merchants."""

    def __init__(self, database: Database, secret: str) -> None:
        """Keep cards in ``database``; tokens follow from ``secret`` and cannot be guessed without it."""
        self._database, self._secret = database, secret.encode()

    def keep(self, new: NewCard) -> Card:
        """Return the card's token, which is the same for the same card of the same merchant."""
        parts = f"{new.merchant}\n{new.number}\n{new.expiry}\n{new.cvc}"
        token = "card_" + hmac.new(self._secret, parts.encode(), hashlib.sha256).hexdigest()[:32]
        card = Card(card=token, brand=_brand(new.number), last4=new.number[-4:])
        row = {"shop": new.merchant, "number": new.number, "expiry": new.expiry, **card.model_dump()}
        with self._database.transaction() as connection:
            connection.execute(insert(CARD).values(row).on_conflict_do_nothing())
        return card

    def number(self, charge: NewCharge) -> str:
        """Return the number of the card to be charged; raise a 422 problem where the merchant has no such card."""
        known = sa.select(CARD.c.number).where(CARD.c.shop == charge.merchant, CARD.c.card == charge.card)
        with self._database.transaction() as connection:
            number: str | None = connection.execute(known).scalar_one_or_none()
        if number is None:
            raise invalid([FieldError(detail="This merchant has no such card.", pointer="#/card")])
        return number


def _brand(number: str) -> str:
    return next((brand for prefix, brand in BRANDS.items() if number.startswith(prefix)), "card")
