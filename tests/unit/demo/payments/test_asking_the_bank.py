"""How often the bank is asked, and what is known when it does not answer."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

import httpx
import pytest
import stamina
from structlog.testing import capture_logs

from demo.storefront.payments.bank import Bank, BankUnavailableError, Verdict
from demo.storefront.payments.breakers import Breakers
from demo.storefront.payments.schemas import NewCard
from demo.storefront.platform.money import Money
from demo.storefront.platform.peers import Peer, PeerUnavailableError, may_have_acted
from demo.storefront.platform.problems import Problem
from demo.storefront.platform.shops import ShopProfile

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOP = ShopProfile(shop="adas-tea", name="Ada's Tea")
SILENT = PeerUnavailableError("bank", "no answer in time", may_have_acted=True)
AWAY = PeerUnavailableError("bank", "connection refused", may_have_acted=False)
YES = httpx.Response(200, json={"charge": "ch_1", "status": "succeeded", "reason": None})


class ScriptedPeer:
    """Answers as it was told, one answer after the other, and remembers what it was asked."""

    def __init__(self, *answers: httpx.Response | PeerUnavailableError) -> None:
        """Prepare the answers."""
        self.answers, self.asked = list(answers), list[dict[str, Any]]()

    async def call(self, *_where: str, **request: Any) -> httpx.Response:  # noqa: ANN401 - whatever a peer takes
        """Give the next answer."""
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, PeerUnavailableError):
            raise answer
        return answer


@pytest.fixture(autouse=True)
def no_waiting() -> Iterator[None]:
    """Try again at once."""
    with stamina.set_testing(True, attempts=100, cap=True):
        yield


def bank_of(peer: ScriptedPeer) -> Bank:
    """Return the bank behind a scripted peer."""
    return Bank(cast("Peer", peer), "secret", Breakers())


def charge(bank: Bank) -> Verdict:
    """Charge a card."""
    return asyncio.run(bank.charge(SHOP, "order-1", "card_1", Money(450, "GBP")))


def refusal(status: int, kind: str, pointer: str | None = None) -> httpx.Response:
    """Return a problem as the bank answers it."""
    body = {"type": f"https://bank.example/problems/{kind}", "errors": [{"pointer": pointer}] if pointer else []}
    return httpx.Response(status, json=body, headers={"Content-Type": "application/problem+json"})


def test_answer_settles_what_the_tries_before_it_left_open() -> None:
    """Two lost answers are no doubt once the third try is answered."""
    assert charge(bank_of(ScriptedPeer(SILENT, SILENT, YES))).status == "succeeded"


def test_every_try_bears_the_same_key() -> None:
    """The bank can know a repetition, by shop and charge."""
    peer = ScriptedPeer(SILENT, AWAY, YES)
    charge(bank_of(peer))
    assert [request["headers"] for request in peer.asked] == [{"Idempotency-Key": "adas-tea:order-1"}] * 3


def test_bank_is_tried_three_times_and_no_more() -> None:
    """The fourth try would come too late for whoever waits."""
    peer = ScriptedPeer(AWAY, AWAY, AWAY, YES)
    with pytest.raises(BankUnavailableError):
        charge(bank_of(peer))
    assert len(peer.asked) == 3


@pytest.mark.parametrize("tries", [(SILENT, AWAY, AWAY), (AWAY, SILENT, AWAY), (AWAY, AWAY, SILENT)])
def test_one_doubtful_try_leaves_the_charge_in_doubt(tries: tuple[PeerUnavailableError, ...]) -> None:
    """What may have been served once is not known, although the other tries came to nothing."""
    with pytest.raises(BankUnavailableError) as caught:
        charge(bank_of(ScriptedPeer(*tries)))
    assert (caught.value.may_have_acted, caught.value.kind) == (True, "unconfirmed")


def test_bank_that_was_never_reached_has_surely_done_nothing() -> None:
    """Then the caller is told so."""
    with pytest.raises(BankUnavailableError) as caught:
        charge(bank_of(ScriptedPeer(AWAY, AWAY, AWAY)))
    assert (caught.value.may_have_acted, caught.value.kind) == (False, "unavailable")


def test_open_breaker_asks_nothing_and_is_sure_of_it() -> None:
    """After five failed calls, fifteen tries, the sixth is refused without a try."""
    peer = ScriptedPeer(*[SILENT] * 16)
    bank = bank_of(peer)
    for _ in range(5):
        with pytest.raises(BankUnavailableError):
            charge(bank)
    with pytest.raises(BankUnavailableError) as caught:
        charge(bank)
    assert (caught.value.may_have_acted, len(peer.asked)) == (False, 15)


def test_refused_card_is_an_answer_and_no_failure() -> None:
    """However many cards the bank does not know, the breaker stays closed."""
    unknown = refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", "#/card")
    bank = bank_of(ScriptedPeer(*[unknown] * 6, YES))
    for _ in range(6):
        with pytest.raises(Problem, match="not acceptable"):
            charge(bank)
    assert charge(bank).status == "succeeded"


def test_charge_that_was_cancelled_before_it_came_is_known_as_such() -> None:
    """The bank says that it never made it."""
    late = refusal(HTTPStatus.CONFLICT, "charge-cancelled")
    assert charge(bank_of(ScriptedPeer(late))).status == "cancelled"


@pytest.mark.parametrize(
    ("answers", "in_doubt"),
    [
        ([httpx.Response(401)], False),
        ([SILENT, httpx.Response(401)], True),
        ([refusal(422, "idempotency-key-reused")], True),
    ],
)
def test_unforeseen_answer_is_never_taken_for_a_no(
    answers: list[httpx.Response | PeerUnavailableError], *, in_doubt: bool
) -> None:
    """Who is turned away has charged nothing; any other unforeseen answer leaves a doubt."""
    with pytest.raises(BankUnavailableError) as caught:
        charge(bank_of(ScriptedPeer(*answers)))
    assert caught.value.may_have_acted is in_doubt


def test_log_of_a_failed_call_shows_no_card() -> None:
    """Neither number nor security code is in what is logged while a card is handed over in vain."""
    card = NewCard(number="4242424242424242", expiry="12/29", cvc="987")
    with capture_logs() as logs, pytest.raises(BankUnavailableError):
        asyncio.run(bank_of(ScriptedPeer(AWAY, AWAY, AWAY)).keep(SHOP, card))
    assert len(logs) == 2  # the two further tries
    assert not [text for text in ("4242", "987") if text in str(logs)]


def test_bank_that_says_that_nothing_was_done_is_believed() -> None:
    """A failure of its own is no doubt where the bank says what it did not do."""
    assert not may_have_acted(refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "nothing-done"))
    assert may_have_acted(refusal(HTTPStatus.INTERNAL_SERVER_ERROR, "unexpected"))
