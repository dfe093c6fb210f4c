"""What a customer is told who paid, and what her next attempt carries."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, cast

import pytest

from demo.storefront.platform.peers import PeerUnavailableError
from demo.storefront.web.paying import NO_CHECKOUT, SENT_BEFORE, UNCONFIRMED, Failure, Paying
from demo.storefront.web.payments import CardDetails
from demo.storefront.web.purchase import Purchase
from demo.storefront.web.refusals import Mistake, RefusedError

if TYPE_CHECKING:
    from demo.storefront.web.orders import Order

LOST = PeerUnavailableError("orders", "no answer", may_have_acted=True)
NEVER_REACHED = PeerUnavailableError("orders", "connection refused", may_have_acted=False)
FRESH = Purchase("", "", "k1", "9.00", "GBP")
CARD = CardDetails("4242424242424242", "12/29", "123")


class Desks:
    """Payments and orders, with one answer each."""

    def __init__(self, *, card: Exception | str = "card_1", order: Exception | str = "order") -> None:
        self.card, self.order, self.cards, self.placed = card, order, 0, dict[str, Any]()

    async def keep_card(self, *_details: object) -> str:
        """Give what stands for a card."""
        self.cards += 1
        return _answer(self.card)

    async def place(self, _shop: str, _session: str, key: str, **wanted: object) -> str:
        """Take an order."""
        self.placed = {"key": key, **wanted}
        return _answer(self.order)


def _answer(answer: Exception | str) -> str:
    if isinstance(answer, Exception):
        raise answer
    return answer


def pay(desks: Desks, purchase: Purchase = FRESH) -> Order | Failure:
    peers = cast("Any", desks)
    return asyncio.run(Paying(peers, peers).pay("adas-tea", "session", purchase, CARD))


def fail(desks: Desks, purchase: Purchase = FRESH) -> Failure:
    failure = pay(desks, purchase)
    assert isinstance(failure, Failure)
    return failure


def test_order_carries_what_payments_gave_for_the_card() -> None:
    """The order is paid for with what stands for the card, never with its number."""
    desks = Desks()
    assert pay(desks) == cast("Any", "order")
    assert (desks.placed["key"], desks.placed["card"]) == ("k1", "card_1")


def test_order_that_never_reached_orders_was_not_placed() -> None:
    """Where orders was never reached the customer is told that nothing was ordered."""
    failure = fail(Desks(order=NEVER_REACHED))
    assert failure.mistakes == [Mistake(NO_CHECKOUT)]
    assert (failure.retry, failure.purchase.key, failure.purchase.unsure) == (True, "k1", False)


def test_lost_answer_is_not_taken_for_a_refusal() -> None:
    """Where the answer was lost the customer is told so, and tries the same order again."""
    failure = fail(Desks(order=LOST))
    assert failure.mistakes == [Mistake(UNCONFIRMED)]
    assert (failure.retry, failure.purchase.key, failure.purchase.unsure) == (True, "k1", True)


def test_who_was_unsure_stays_so_until_there_is_an_answer() -> None:
    """After a lost answer "nothing was ordered" is no longer certain, even where the second try reaches nobody."""
    unsure = fail(Desks(order=LOST)).purchase
    assert fail(Desks(order=NEVER_REACHED), unsure).mistakes == [Mistake(UNCONFIRMED)]


def test_second_try_does_not_ask_for_the_card_again() -> None:
    """The second try is paid for with the card of the first."""
    desks = Desks()
    pay(desks, fail(Desks(order=LOST)).purchase)
    assert (desks.cards, desks.placed["card"]) == (0, "card_1")


@pytest.mark.parametrize("error", [NEVER_REACHED, LOST])
def test_nothing_is_ordered_without_a_card(error: Exception) -> None:
    """While payments cannot be reached nothing is ordered, and that is certain."""
    desks = Desks(card=error)
    failure = fail(desks)
    assert (failure.mistakes, failure.retry, desks.placed) == ([Mistake(NO_CHECKOUT)], False, {})


def test_mistake_of_a_card_is_shown_at_its_field() -> None:
    """What is wrong with the card is told at the field, and the attempt keeps its key."""
    wrong = RefusedError(422, "invalid-request", [Mistake("Check the card number.", "number")])
    failure = fail(Desks(card=wrong))
    assert failure.mistakes == [Mistake("Check the card number.", "number")]
    assert failure.purchase == FRESH


def test_key_of_another_order_is_explained() -> None:
    """Who sent the order before with other details is sent to look at it, and the next attempt is a new order."""
    failure = fail(Desks(order=RefusedError(422, "idempotency-key-reused", [Mistake("x")])))
    assert failure.mistakes == [Mistake(SENT_BEFORE)]
    assert (failure.retry, failure.purchase.key == "k1") == (False, False)


def test_card_shows_in_no_text() -> None:
    """Whatever logs a card by mistake logs none of its figures."""
    assert not any(secret in repr(CARD) for secret in ("4242", "12/29", "123"))
