"""The bank as payments sees it: asked up to three times with one idempotency key, behind the shop's breaker."""

from __future__ import annotations

from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Literal

import stamina
import structlog
from pydantic import BaseModel

from demo.storefront.platform.money import Price
from demo.storefront.platform.peers import PeerUnavailableError
from demo.storefront.platform.problems import MEDIA_TYPE, FieldError, Problem, invalid, unavailable, unconfirmed

from .breakers import BreakerOpenError
from .schemas import Card, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    import httpx

    from demo.storefront.platform.money import Money
    from demo.storefront.platform.peers import Peer
    from demo.storefront.platform.shops import ShopProfile

    from .breakers import Breakers
    from .schemas import NewCard

BANK_TIMEOUT = 0.7
TRIES = 3
WAIT, LONGEST_WAIT, JITTER = 0.05, 0.1, 0.05
log = structlog.get_logger()
# Answers by which the bank, or the mesh, says that it did not even look at the request.
TURNED_AWAY = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.TOO_MANY_REQUESTS,
}


class BankUnavailableError(Problem):
    """The bank gave no answer; ``may_have_acted`` tells whether it may have done what it was asked."""

    def __init__(self, *, may_have_acted: bool) -> None:
        """Be the problem of a change that is perhaps made, or surely not."""
        meaning = unconfirmed() if may_have_acted else unavailable("bank")
        super().__init__(meaning.status, meaning.kind, meaning.detail, headers=meaning.headers)
        self.may_have_acted = may_have_acted


class Verdict(BaseModel):
    """What the bank says of a charge; one that is cancelled was not made, and never will be."""

    charge: str
    status: Literal["succeeded", "declined", "cancelled"]
    reason: Reason | None = None


class Bank:
    """Asks the bank for a shop, which is the merchant there."""

    def __init__(self, peer: Peer, key: str, breakers: Breakers) -> None:
        """Ask ``peer``, known to it by ``key``."""
        self._peer, self._key, self._breakers = peer, key, breakers

    async def keep(self, profile: ShopProfile, new: NewCard) -> Card:
        """Hand over a card for its token."""
        answer = await self._ask(profile, "/cards", {**new.model_dump()})
        return Card.model_validate(_accepted(answer).json())

    async def charge(self, profile: ShopProfile, charge_id: str, card: str, money: Money) -> Verdict:
        """Charge a card, once for each charge; raise a 422 problem where it is no card of this shop."""
        body = {"card": card, "amount": Price.of(money).model_dump()}
        answer = await self._ask(profile, "/charges", body, f"{profile.shop}:{charge_id}")
        kind, pointers = _problem(answer)
        if kind == "charge-cancelled":
            return Verdict(charge="", status="cancelled")
        if "#/card" in pointers:
            raise invalid([FieldError(detail="There is no such card.", pointer="#/card")])
        return Verdict.model_validate(_accepted(answer).json())

    async def cancel(self, profile: ShopProfile, charge_id: str) -> Verdict:
        """Make sure that the bank makes no such charge from now on; return what it made before.

        Asking whether there is a charge would not do: one that is still on its way would come after the answer.
        """
        answer = await self._ask(profile, "/cancellations", {"key": f"{profile.shop}:{charge_id}"})
        return Verdict.model_validate(_accepted(answer).json())

    async def refund(self, profile: ShopProfile, bank_charge: str, money: Money, name: str) -> None:
        """Return money of a charge, once for each ``name``."""
        body = {"charge": bank_charge, "amount": Price.of(money).model_dump()}
        _accepted(await self._ask(profile, "/refunds", body, f"{profile.shop}:{name}"))

    async def _ask(
        self, profile: ShopProfile, path: str, body: dict[str, Any], key: str | None = None
    ) -> httpx.Response:
        """Return the bank's answer below 500; each request may be repeated safely, by its key or by its nature."""
        headers = {} if key is None else {"Idempotency-Key": key}
        try:
            with self._breakers.of(profile.shop, profile.now).guarding(profile.now):
                return await self._try(f"/bank/v1{path}", {"merchant": profile.shop, **body}, headers)
        except BreakerOpenError as error:
            raise BankUnavailableError(may_have_acted=False) from error

    async def _try(self, path: str, body: dict[str, Any], headers: dict[str, str]) -> httpx.Response:
        """Try up to three times; an answer settles what the tries before it may have done."""
        doubts: list[bool] = []
        try:
            # No other form of stamina: it would log the arguments of the call, and with them a card's number.
            async for attempt in stamina.retry_context(PeerUnavailableError, TRIES, None, WAIT, LONGEST_WAIT, JITTER):
                with attempt, _noting(doubts):
                    answer = await self._peer.call("POST", path, token=self._key, json=body, headers=headers)
        except PeerUnavailableError as error:
            raise BankUnavailableError(may_have_acted=any(doubts)) from error
        if answer.status_code in TURNED_AWAY:
            log.error("bank.turned_us_away", status=answer.status_code)
            raise BankUnavailableError(may_have_acted=any(doubts))
        return answer


@contextmanager
def _noting(doubts: list[bool]) -> Iterator[None]:
    """Note of a failed try whether the bank may have acted nevertheless."""
    try:
        yield
    except PeerUnavailableError as error:
        doubts.append(error.may_have_acted)
        raise


def _accepted(answer: httpx.Response) -> httpx.Response:
    """Return an answer that says yes; anything else was not foreseen, and what it means for the money is not known."""
    if answer.status_code != HTTPStatus.OK:
        log.error("bank.answer_unexpected", status=answer.status_code, problem=_problem(answer)[0])
        raise BankUnavailableError(may_have_acted=True)
    return answer


def _problem(answer: httpx.Response) -> tuple[str, set[str]]:
    """Return the kind of a problem and the fields it points to."""
    if not answer.headers.get("Content-Type", "").startswith(MEDIA_TYPE):
        return "", set()
    problem = answer.json()
    return problem["type"].rpartition("/")[2], {error["pointer"] for error in problem.get("errors", ())}
