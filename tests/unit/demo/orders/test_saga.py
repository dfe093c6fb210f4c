"""What becomes of an order when the other desks answer, refuse, or cannot be asked."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from demo.storefront.orders.desk import Deadline, RefusalError
from demo.storefront.orders.ledger import Ledger
from demo.storefront.orders.saga import Saga
from demo.storefront.orders.states import OvertakenError, Status
from demo.storefront.orders.stock import Reservation, Stock, too_late
from demo.storefront.orders.stored import PricedLine, StoredLine, StoredOrder
from demo.storefront.orders.till import Till
from demo.storefront.platform.money import Money, Price
from demo.storefront.platform.peers import PeerUnavailableError
from demo.storefront.platform.problems import Problem
from demo.storefront.platform.shops import ShopClock, ShopProfile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NOON = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
PRICE = Price(amount="4.50", currency="GBP")
HELD = Reservation.model_validate(
    {
        "expires_at": NOON.replace(minute=15),
        "lines": [{"sku": "earl-grey", "name": "Earl Grey", "quantity": 2, "unit_price": PRICE}],
        "total": {"amount": "9.00", "currency": "GBP"},
    }
)
SURELY_NOT = PeerUnavailableError("peer", "status 503", may_have_acted=False)
PERHAPS = PeerUnavailableError("peer", "no answer in time", may_have_acted=True)
DECLINED = RefusalError(Problem(402, "payment-declined", "The card was declined. Nothing was ordered."))
SOLD_OUT = RefusalError(Problem(409, "out-of-stock", "Earl Grey is sold out."))


class _Script:
    """Notes the steps in their order; what ``goes_wrong`` is raised at that step."""

    def __init__(self, **goes_wrong: Exception) -> None:
        self.steps: list[str] = []
        self.answer: Problem | None = None
        self._goes_wrong = goes_wrong

    def step(self, name: str) -> None:
        self.steps.append(name)
        if name in self._goes_wrong:
            raise self._goes_wrong[name]


class _Stock(Stock):
    def __init__(self, script: _Script) -> None:
        self._script = script

    async def reserve(self, order: StoredOrder, deadline: Deadline) -> Reservation:
        assert (order.total, deadline is None) == (None, False)
        self._script.step("reserve")
        return HELD

    async def confirm(self, order: StoredOrder, deadline: Deadline) -> None:
        assert (order.reason, deadline is None) == (None, False)
        self._script.step("confirm_reservation")

    async def release(self, order: StoredOrder, deadline: Deadline) -> None:
        assert order.reason is not None, "nothing may be taken back before that is decided"
        assert deadline is not None
        self._script.step("release")


class _Till(Till):
    def __init__(self, script: _Script) -> None:
        self._script = script

    async def charge(self, order: StoredOrder, deadline: Deadline) -> None:
        assert order.total == Money(900, "GBP"), "nothing may be charged before its prices are written down"
        assert deadline is not None
        self._script.step("charge")

    async def void(self, order: StoredOrder, deadline: Deadline) -> None:
        assert order.reason is not None, "nothing may be taken back before that is decided"
        assert deadline is not None
        self._script.step("void")


class _Ledger(Ledger):
    def __init__(self, script: _Script) -> None:
        self._script = script

    def prices_seen(self, order: StoredOrder) -> Mapping[str, Money]:
        assert order.expected is not None
        return {}

    def price(
        self, order: StoredOrder, lines: Sequence[PricedLine], total: Money, reserved_until: datetime
    ) -> StoredOrder:
        self._script.step("price")
        return replace(order, lines=[StoredLine(*line) for line in lines], total=total, reserved_until=reserved_until)

    def refuse(self, order: StoredOrder, problem: Problem) -> StoredOrder:
        self._script.step("refuse")
        self._script.answer = problem
        total = Money(900, "GBP") if "price" in self._script.steps else order.total
        return replace(order, reason=problem.detail, total=total)

    def reject(self, order: StoredOrder, at: datetime) -> None:
        assert (order.status, at) == (Status.PENDING, NOON)
        self._script.step("reject")

    def confirm(self, order: StoredOrder, at: datetime) -> StoredOrder:
        assert at == NOON
        self._script.step("confirm_order")
        return replace(order, status=Status.CONFIRMED, number="A-1001")

    def promise(self, shop: str, order_id: str) -> StoredOrder | None:
        assert (shop, order_id) == ("adas-tea", "o-1")
        self._script.step("promise")
        return None

    def leave(self, order: StoredOrder) -> None:
        assert order.status is Status.PENDING
        self._script.step("leave")


SHOP = ShopProfile(shop="adas-tea", name="Ada's Tea", clock=ShopClock(stopped_at=NOON))
PAID = ["reserve", "price", "charge"]
FORWARD = [*PAID, "confirm_reservation", "confirm_order"]
UNDONE = ["refuse", "release", "void", "reject"]


def begun(order: StoredOrder, **goes_wrong: Exception) -> _Script:
    script = _Script(**goes_wrong)
    asyncio.run(_saga(script).begin(SHOP, order))
    return script


def resumed(order: StoredOrder, **goes_wrong: Exception) -> _Script:
    script = _Script(**goes_wrong)
    try:
        asyncio.run(_saga(script).resume(SHOP, order))
    except (PeerUnavailableError, OvertakenError) as error:
        script.steps.append(type(error).__name__)
    return script


def _saga(script: _Script) -> Saga:
    return Saga(_Ledger(script), _Stock(script), _Till(script))


def test_order_is_reserved_charged_and_confirmed_in_this_order(wanted: Callable[..., StoredOrder]) -> None:
    """Prices are written down before anything is charged, and the order is confirmed last."""
    assert begun(wanted()).steps == FORWARD


@pytest.mark.parametrize("outage", [SURELY_NOT, PERHAPS])
def test_order_that_cannot_be_reserved_is_undone(wanted: Callable[..., StoredOrder], outage: Exception) -> None:
    """Whether the pieces are held or not, they are released; no charge was tried, so none is voided."""
    script = begun(wanted(), reserve=outage)
    assert script.steps == ["reserve", "refuse", "release", "reject"]
    assert script.answer is not None
    assert script.answer.status == 503


def test_charge_that_surely_did_not_happen_undoes_the_order(wanted: Callable[..., StoredOrder]) -> None:
    """The customer is told that nothing was ordered, and that is so."""
    script = begun(wanted(), charge=SURELY_NOT)
    assert script.steps == [*PAID, *UNDONE]
    assert script.answer is not None
    assert script.answer.status == 503


def test_charge_that_perhaps_happened_is_left_to_the_recoverer(wanted: Callable[..., StoredOrder]) -> None:
    """Nothing is decided while it is not known whether the customer has paid."""
    assert begun(wanted(), charge=PERHAPS).steps == [*PAID, "leave"]


@pytest.mark.parametrize("outage", [SURELY_NOT, PERHAPS])
def test_paid_order_is_never_given_up_for_an_outage(wanted: Callable[..., StoredOrder], outage: Exception) -> None:
    """Once the money is taken, the order waits until the goods are hers."""
    assert begun(wanted(), confirm_reservation=outage).steps == [*PAID, "confirm_reservation", "leave"]


def test_declined_card_undoes_the_order(wanted: Callable[..., StoredOrder]) -> None:
    """The pieces go back, and the decline is the answer of the key."""
    script = begun(wanted(), charge=DECLINED)
    assert script.steps == [*PAID, *UNDONE]
    assert script.answer is DECLINED.problem


def test_missing_stock_undoes_the_order_before_anything_is_charged(wanted: Callable[..., StoredOrder]) -> None:
    """Nobody pays for what is not there."""
    script = begun(wanted(), reserve=SOLD_OUT)
    assert script.steps == ["reserve", "refuse", "release", "reject"]
    assert script.answer is SOLD_OUT.problem


def test_reservation_that_ended_while_paying_returns_the_money(wanted: Callable[..., StoredOrder]) -> None:
    """Who paid too late gets the money back, and is told so."""
    script = begun(wanted(), confirm_reservation=too_late())
    assert script.steps == [*PAID, "confirm_reservation", *UNDONE]
    assert script.answer is not None
    assert (script.answer.status, script.answer.kind) == (409, "reservation-expired")


def test_unexpected_total_undoes_the_order_before_anything_is_charged(wanted: Callable[..., StoredOrder]) -> None:
    """A customer pays what she was shown, or nothing."""
    script = begun(wanted(expected=Money(800, "GBP")))
    assert script.steps == ["reserve", "refuse", "release", "reject"]
    assert script.answer is not None
    assert script.answer.kind == "price-changed"


@pytest.mark.parametrize("fails", ["release", "void"])
def test_all_is_taken_back_that_can_be(wanted: Callable[..., StoredOrder], fails: str) -> None:
    """A desk that is away does not keep the other from taking back; the order is not closed before both did."""
    script = begun(wanted(), charge=DECLINED, **{fails: PERHAPS})
    assert script.steps == [*PAID, "refuse", "release", "void", "leave"]


@pytest.mark.parametrize("step", ["price", "confirm_order"])
def test_worker_that_is_overtaken_stops(wanted: Callable[..., StoredOrder], step: str) -> None:
    """Where somebody else decided meanwhile, a slow worker neither contradicts nor takes anything back."""
    assert begun(wanted(), **{step: OvertakenError()}).steps == FORWARD[: FORWARD.index(step) + 1]


def test_refusal_that_comes_too_late_takes_nothing_back(wanted: Callable[..., StoredOrder]) -> None:
    """An order that somebody else confirmed keeps its goods and its charge."""
    assert begun(wanted(), charge=DECLINED, refuse=OvertakenError()).steps == [*PAID, "refuse"]


def test_order_whose_worker_died_is_charged_again(priced: Callable[..., StoredOrder]) -> None:
    """The charge has the order's id: again is not twice."""
    assert resumed(priced()).steps == ["charge", "confirm_reservation", "confirm_order"]


def test_order_whose_worker_died_before_reserving_is_reserved(wanted: Callable[..., StoredOrder]) -> None:
    """A customer whose answer was lost gets the order that she placed, or a mail that says why not."""
    assert resumed(wanted()).steps == ["reserve", "price", "promise", *FORWARD[2:]]


@pytest.mark.parametrize("outage", [SURELY_NOT, PERHAPS])
def test_recoverer_takes_no_outage_for_an_answer(priced: Callable[..., StoredOrder], outage: Exception) -> None:
    """That a second try did nothing says nothing of the first: the order waits."""
    assert resumed(priced(), charge=outage).steps == ["charge", "PeerUnavailableError"]


def test_order_that_is_overdue_is_not_charged_again(priced: Callable[..., StoredOrder]) -> None:
    """When the hold has ended the charge is voided, not repeated."""
    script = resumed(priced(reserved_until=NOON), confirm_reservation=too_late())
    assert script.steps == ["confirm_reservation", *UNDONE]


def test_order_that_was_confirmed_in_time_is_finished_however_late(priced: Callable[..., StoredOrder]) -> None:
    """Goods that left the stock room for a paid order stay its goods, though its worker died for an hour."""
    script = resumed(priced(reserved_until=NOON))
    assert script.steps == ["confirm_reservation", "charge", "confirm_reservation", "confirm_order"]


def test_what_was_decided_is_only_carried_out(priced: Callable[..., StoredOrder]) -> None:
    """An order that is being undone is never confirmed by whoever takes it up."""
    assert resumed(priced(reason="The card was declined.")).steps == ["release", "void", "reject"]


def test_order_without_prices_was_never_charged(wanted: Callable[..., StoredOrder]) -> None:
    """Payments is not troubled about an order for which no charge can have been tried."""
    assert resumed(wanted(reason="Earl Grey is sold out.")).steps == ["release", "reject"]
