"""The HTTP interface of the bank, ``/bank/v1``."""

import asyncio
import re
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from demo.storefront.platform.database import Database
from demo.storefront.platform.problems import Problem
from demo.storefront.platform.tenancy import Authorization, is_secret, unauthorized

from .cards import Cards
from .charging import Charging
from .refunding import Refunding
from .sandbox import Manner, before_charging, behaviour_of, first_answer
from .schemas import KEY, Cancellation, Card, Charge, Merchant, NewCard, NewCharge, NewRefund, Refund, Statement
from .statement import statement_of

NO_CUSTOMER = "The bank has no customer with this key."
REPLAYED = {"Idempotent-Replayed": "true"}


def idempotency_key(
    key: Annotated[str | None, Header(alias="Idempotency-Key", description="Required; new for new money.")] = None,
) -> str:
    """Return the key of a request that moves money; raise a 400 problem without one."""
    if key is None or not re.fullmatch(KEY, key):
        detail = "Send the header 'Idempotency-Key' with 1 to 200 visible characters."
        raise Problem(HTTPStatus.BAD_REQUEST, "idempotency-key-required", detail)
    return key


Key = Annotated[str, Depends(idempotency_key)]


def bank_routes(bank_key: str, cards: Cards, charging: Charging, refunding: Refunding, database: Database) -> APIRouter:
    """Return the routes of the bank, for who knows its key."""

    def customers_only(authorization: Authorization = None) -> None:
        if not is_secret(authorization, bank_key):
            raise unauthorized(NO_CUSTOMER)

    router = APIRouter(prefix="/bank/v1", tags=["bank"], dependencies=[Depends(customers_only)])
    _add_cards(router, cards)
    _add_charging(router, cards, charging)
    _add_reading(router, charging, database)
    _add_refunding(router, refunding)
    return router


def _add_cards(router: APIRouter, cards: Cards) -> None:
    @router.post("/cards")
    def keep(body: NewCard) -> Card:
        """Keep a card and return its token, which is the same for the same card of the same merchant."""
        return cards.keep(body)


def _add_charging(router: APIRouter, cards: Cards, charging: Charging) -> None:
    @router.post("/charges", response_model=Charge)
    async def charge(body: NewCharge, key: Key) -> Response:
        """Charge a card, once for each key; the same key again gives the same answer, marked as replayed."""
        repeated = await asyncio.to_thread(charging.repeated, body, key)
        if repeated is not None:
            return _answer(repeated, is_new=False)
        number = await asyncio.to_thread(cards.number, body)
        manner = behaviour_of(number).manner
        await before_charging(manner)
        made, is_new = await asyncio.to_thread(charging.charge, body, key, number)
        return await first_answer(manner if is_new else Manner.PLAIN, _answer(made, is_new=is_new))

    @router.post("/cancellations")
    def cancel(body: Cancellation) -> Charge:
        """Make sure that no charge is made with a key any more; one that was made before is returned unchanged."""
        return charging.cancel(body)


def _add_reading(router: APIRouter, charging: Charging, database: Database) -> None:
    @router.get("/charges")
    def look_up(merchant: Annotated[Merchant, Query()], key: Annotated[str, Query(pattern=KEY)]) -> Charge:
        """Return what became of the charge of a key."""
        found = charging.earlier(merchant, key)
        if found is None:
            raise Problem(HTTPStatus.NOT_FOUND, "unknown-charge", "There is no charge with this key.")
        return found

    @router.get("/statement")
    def statement(merchant: Annotated[Merchant, Query()]) -> Statement:
        """Return all movements of a merchant, the oldest first."""
        return statement_of(database, merchant)


def _add_refunding(router: APIRouter, refunding: Refunding) -> None:
    @router.post("/refunds", response_model=Refund)
    def refund(body: NewRefund, key: Key) -> Response:
        """Return money of a charge, once for each key."""
        made, is_new = refunding.refund(body, key)
        return _answer(made, is_new=is_new)


def _answer(made: BaseModel, *, is_new: bool) -> Response:
    return JSONResponse(made.model_dump(mode="json"), headers=None if is_new else REPLAYED)
