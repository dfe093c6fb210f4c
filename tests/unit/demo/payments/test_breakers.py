"""When the bank is left alone, and when it is asked again."""

from __future__ import annotations

from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta

import pytest

from demo.storefront.payments import breakers
from demo.storefront.payments.breakers import FAILURES, Breaker, BreakerOpenError, Breakers

TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)


class BankError(Exception):
    """A call failed."""


class Clock:
    """The clock of a shop, which stands still until it is turned."""

    def __init__(self) -> None:
        """Stand at ten."""
        self.time = TEN

    def __call__(self) -> datetime:
        """Return what time it is."""
        return self.time

    def turn(self, seconds: float) -> None:
        """Put the clock forward, or back."""
        self.time += timedelta(seconds=seconds)


def fail(breaker: Breaker, clock: Clock, times: int = 1) -> None:
    """Let calls fail."""
    for _ in range(times):
        with suppress(BankError), breaker.guarding(clock):
            raise BankError


def succeeds(breaker: Breaker, clock: Clock) -> bool:
    """Make a call that succeeds; tell whether it was let through."""
    try:
        with breaker.guarding(clock):
            return True
    except BreakerOpenError:
        return False


def open_breaker(clock: Clock) -> Breaker:
    """Return a breaker that has just opened."""
    breaker = Breaker(clock)
    fail(breaker, clock, FAILURES)
    return breaker


def test_four_failures_do_not_open_it() -> None:
    """After four failed calls the fifth is made."""
    clock, breaker = Clock(), Breaker(Clock())
    fail(breaker, clock, 4)
    assert succeeds(breaker, clock)


def test_five_failures_in_a_row_open_it() -> None:
    """After five failed calls none is made."""
    clock = Clock()
    assert not succeeds(open_breaker(clock), clock)


def test_success_begins_the_count_anew() -> None:
    """Failures with a success between them are not in a row."""
    clock, breaker = Clock(), Breaker(Clock())
    fail(breaker, clock, 4)
    succeeds(breaker, clock)
    fail(breaker, clock, 4)
    assert succeeds(breaker, clock)


def test_failure_of_the_call_is_what_the_caller_sees() -> None:
    """Also the call that opens the breaker fails with its own error."""
    clock, breaker = Clock(), Breaker(Clock())
    fail(breaker, clock, 4)
    with pytest.raises(BankError), breaker.guarding(clock):
        raise BankError


@pytest.mark.parametrize(("seconds", "asked"), [(0, False), (29, False), (29.99, False), (30, True), (3600, True)])
def test_bank_is_asked_again_after_thirty_seconds_of_the_shops_clock(seconds: float, *, asked: bool) -> None:
    """The shop's clock decides, however little real time has passed."""
    clock = Clock()
    breaker = open_breaker(clock)
    clock.turn(seconds)
    assert succeeds(breaker, clock) is asked


def test_success_of_the_probe_closes_it() -> None:
    """After one success everything goes through, and five failures are needed once more."""
    clock = Clock()
    breaker = open_breaker(clock)
    clock.turn(30)
    succeeds(breaker, clock)
    fail(breaker, clock, 4)
    assert succeeds(breaker, clock)


@pytest.mark.parametrize(("seconds", "asked"), [(29, False), (30, True)])
def test_failure_of_the_probe_opens_it_for_another_thirty_seconds(seconds: float, *, asked: bool) -> None:
    """One failure of the probe is enough."""
    clock = Clock()
    breaker = open_breaker(clock)
    clock.turn(30)
    fail(breaker, clock)
    clock.turn(seconds)
    assert succeeds(breaker, clock) is asked


def test_only_one_call_is_the_probe() -> None:
    """While the probe is under way every other call is refused."""
    clock = Clock()
    breaker = open_breaker(clock)
    clock.turn(30)
    with breaker.guarding(clock):
        assert not succeeds(breaker, clock)
    assert succeeds(breaker, clock)


def test_calls_that_fail_after_the_opening_do_not_prolong_it() -> None:
    """Thirty seconds count from the fifth failure, whatever else was under way then."""
    clock, breaker = Clock(), Breaker(Clock())
    with suppress(BankError), ExitStack() as late:
        late.enter_context(breaker.guarding(clock))
        fail(breaker, clock, FAILURES)
        clock.turn(20)
        raise BankError
    clock.turn(10)
    assert succeeds(breaker, clock)


def test_clock_that_is_put_back_does_not_keep_it_open() -> None:
    """A breaker whose shop's clock stands before its opening asks the bank rather than wait for that day again."""
    clock = Clock()
    breaker = open_breaker(clock)
    clock.turn(-3600)
    assert succeeds(breaker, clock)


def test_shops_have_breakers_of_their_own() -> None:
    """The trouble of one shop is not the trouble of another."""
    clock, all_shops = Clock(), Breakers()
    fail(all_shops.of("adas-tea", clock), clock, FAILURES)
    assert succeeds(all_shops.of("bens-bikes", clock), clock)
    assert not succeeds(all_shops.of("adas-tea", clock), clock)


def test_number_of_breakers_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many shops those are remembered that were served last."""
    monkeypatch.setattr(breakers, "MOST_BREAKERS", 2)
    clock, all_shops = Clock(), Breakers()
    first = all_shops.of("first", clock)
    for shop in ("second", "first", "third"):
        all_shops.of(shop, clock)
    assert all_shops.of("first", clock) is first
    assert len(all_shops) == 2
