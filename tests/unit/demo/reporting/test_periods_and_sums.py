"""Which days a report may have, and how its sums are made."""

from __future__ import annotations

from datetime import date

import pytest

from demo.storefront.platform.problems import Problem
from demo.storefront.reporting.rules import Period, Sums, good_day, totals
from demo.storefront.reporting.schemas import Balance

TODAY = date(2026, 3, 15)


def sums(currency: str = "GBP", **counted: int) -> Sums:
    nothing = {"orders": 0, "gross": 0, "cancelled_orders": 0, "cancelled": 0, "refunded_orders": 0, "refunded": 0}
    return Sums(currency=currency, **(nothing | counted))


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, Period(TODAY, TODAY)),
        (date(2026, 3, 1), None, Period(date(2026, 3, 1), TODAY)),
        (None, date(2026, 3, 1), Period(date(2026, 3, 1), date(2026, 3, 1))),
        (date(2026, 4, 1), None, Period(date(2026, 4, 1), date(2026, 4, 1))),
        (date(2025, 3, 15), TODAY, Period(date(2025, 3, 15), TODAY)),
    ],
)
def test_days_that_are_not_said_are_those_one_would_expect(
    first: date | None, last: date | None, expected: Period
) -> None:
    """Without any day it is today's report; one day alone is a beginning until today, or the only day."""
    assert Period.of(first, last, TODAY) == expected


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), "The last day is before the first. Choose 2 March 2026 or later."),
        (date(2025, 3, 14), TODAY, "These are 367 days. Choose at most 366."),
    ],
)
def test_period_without_days_or_with_too_many_is_refused_with_what_to_do(first: date, last: date, words: str) -> None:
    """A period that cannot be reported is refused in words that say which can."""
    with pytest.raises(Problem) as caught:
        Period.of(first, last, TODAY)
    assert (caught.value.status, caught.value.errors[0].detail) == (422, words)


@pytest.mark.parametrize("text", ["yesterday", "20260301", "2026-02-30", "2026-W09-1", "2026-03-01\n", "٢026-03-01", 1])
def test_what_is_no_day_is_refused_with_an_example(text: object) -> None:
    """What the calendar does not know, or is written otherwise, is refused with an example."""
    with pytest.raises(ValueError, match=r"is no day\. Write it like 2026-03-01\."):
        good_day(text)


@pytest.mark.parametrize("text", [None, ""])
def test_day_that_was_left_empty_is_not_said(text: str | None) -> None:
    """An empty field of a form is as good as none."""
    assert good_day(text) is None


def test_shop_keeps_what_it_neither_cancelled_nor_refunded() -> None:
    """Net is gross without what was taken back, and may be less than nothing."""
    assert [sums(gross=1000, cancelled=300, refunded=99).net, sums(refunded=450).net] == [601, -450]


def test_totals_lose_no_cent() -> None:
    """A hundred days of ten cents are ten pounds, to the cent."""
    assert totals([sums(orders=1, gross=10)] * 100) == [sums(orders=100, gross=1000)]


def test_totals_keep_currencies_apart() -> None:
    """Pounds and yen have totals of their own."""
    found = totals([sums("JPY", gross=900), sums("GBP", gross=450), sums("JPY", gross=100)])
    assert [(total.currency, total.gross) for total in found] == [("GBP", 450), ("JPY", 1000)]


def test_currencies_do_not_mix() -> None:
    """Pounds and yen have no sum."""
    with pytest.raises(ValueError, match="cannot add GBP and JPY"):
        sums("GBP") + sums("JPY")


@pytest.mark.parametrize(
    ("minor", "currency", "amount"),
    [(-450, "GBP", "-4.50"), (-5, "EUR", "-0.05"), (5, "GBP", "0.05"), (-9, "JPY", "-9")],
)
def test_balance_below_nothing_has_a_minus_and_all_its_digits(minor: int, currency: str, amount: str) -> None:
    """A day that only gives back has a balance such as -4.50."""
    assert Balance.of(minor, currency).amount == amount
