"""When wrong passwords lock an address, and when it opens again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from demo.storefront.accounts.lockout import Tally
from demo.storefront.accounts.signing_in import too_often

NINE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ALMOST = timedelta(minutes=14, seconds=59)
QUARTER = timedelta(minutes=15)


def after(*moments: datetime) -> Tally:
    """The tally after a wrong password at each of the moments."""
    tally = Tally()
    for moment in moments:
        tally = tally.after_failure(moment)
    return tally


def test_nothing_wrong_locks_nothing() -> None:
    """An address that nobody tried is open."""
    assert not Tally().is_locked(NINE)


@pytest.mark.parametrize(("failures", "locked"), [(4, False), (5, True)])
def test_fifth_wrong_password_locks(failures: int, locked: bool) -> None:  # noqa: FBT001 - a column of the table
    """Four wrong passwords are forgiven, the fifth is not."""
    assert after(*[NINE] * failures).is_locked(NINE) is locked


@pytest.mark.parametrize(("later", "locked"), [(ALMOST, True), (QUARTER, False)])
def test_lock_lasts_fifteen_minutes(later: timedelta, locked: bool) -> None:  # noqa: FBT001 - a column of the table
    """A second before the quarter of an hour it is still locked, at its end it is open."""
    assert after(*[NINE] * 5).is_locked(NINE + later) is locked


def test_lock_begins_with_the_fifth_failure() -> None:
    """The quarter of an hour is counted from the last wrong password, not from the first."""
    ten_past = NINE + timedelta(minutes=10)
    assert after(*[NINE] * 4, ten_past).locked_until == ten_past + QUARTER


@pytest.mark.parametrize(("later", "locked"), [(ALMOST, True), (QUARTER, False)])
def test_only_failures_of_the_last_fifteen_minutes_count(later: timedelta, locked: bool) -> None:  # noqa: FBT001
    """A wrong password that is a quarter of an hour old is forgotten, a second before it still counts."""
    then = NINE + later
    assert after(NINE, *[then] * 4).is_locked(then) is locked


def test_each_failure_is_forgotten_at_its_own_time() -> None:
    """Four old failures and one that is not as old: only the old ones go."""
    assert after(*[NINE] * 3, NINE + ALMOST, NINE + QUARTER).failed_at == (NINE + ALMOST, NINE + QUARTER)


def test_after_a_lock_the_count_begins_anew() -> None:
    """Whoever was locked has five attempts again, not one."""
    then = NINE + QUARTER
    assert not after(*[NINE] * 5, *[then] * 4).is_locked(then)
    assert after(*[NINE] * 5, *[then] * 5).is_locked(then)


def test_lock_that_is_over_pays_for_recent_failures_too() -> None:
    """However recent the failures are that led to a lock, they do not count again after it."""
    over = Tally((NINE,) * 5, locked_until=NINE)
    assert over.after_failure(NINE).failed_at == (NINE,)


def test_tally_is_outdated_when_it_says_nothing_any_more() -> None:
    """Failures matter for a quarter of an hour from the last one, a lock until it ends."""
    ten_past = NINE + timedelta(minutes=10)
    assert after(NINE, ten_past).outdated_at == ten_past + QUARTER
    assert after(*[NINE] * 5).outdated_at == NINE + QUARTER


@pytest.mark.parametrize(
    ("seconds", "words"), [(900, "15 minutes"), (841, "15 minutes"), (840, "14 minutes"), (61, "2 minutes")]
)
def test_locked_customer_is_told_how_long_it_still_takes(seconds: int, words: str) -> None:
    """The minutes that are left are told, a begun one as a whole one."""
    assert too_often(seconds) == f"Too many wrong passwords. Try again in {words}."


@pytest.mark.parametrize("seconds", [60, 1])
def test_last_minute_of_a_lock_is_told_as_one(seconds: int) -> None:
    """Nobody is told to wait for 1 minutes, or for none."""
    assert too_often(seconds) == "Too many wrong passwords. Try again in a minute."
