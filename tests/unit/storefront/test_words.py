"""What is promised of the words in sentences that stand for things with parts."""

from __future__ import annotations

import re

import pytest

from support.storefront import amounts
from support.storefront.goods import GOODS, Goods, read_goods
from support.storefront.guesses import GUESSES, Guesses, read_guesses
from support.storefront.money import Money
from support.storefront.post import EXPECTED, ExpectedMails, read_expected
from support.storefront.sales import read_days
from support.storefront.states import DEEDS, REACHED, STATES


@pytest.mark.parametrize(
    ("text", "goods"),
    [('2 "Earl Grey"', Goods("Earl Grey", 2)), ('no "Assam"', Goods("Assam", 0)), ("the basket", Goods())],
)
def test_goods_are_pieces_of_a_product_or_the_basket(text: str, goods: Goods) -> None:
    """A number and a name in quotes are so many pieces; the basket has no product."""
    assert re.fullmatch(GOODS, text)
    assert read_goods(text) == goods


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Goods("Earl Grey", 2), "2 Earl Grey"),
        (Goods(), "the basket"),
        (DEEDS["cancels"], "cancel"),
        (read_days("of 1 March 2026"), "of 2026-03-01"),
        (read_days("from 1 March 2026 to 7 March 2026"), "from 2026-03-01 to 2026-03-07"),
    ],
    ids=str,
)
def test_things_are_told_in_titles_as_people_would(value: object, told: str) -> None:
    """What a task is done with stands in the title of the action in words."""
    assert str(value) == told


@pytest.mark.parametrize(
    ("text", "guesses"),
    [
        ("another wrong password", Guesses(1)),
        ("5 wrong passwords", Guesses(5)),
        ("12 wrong passwords at the same moment", Guesses(12, at_once=True)),
    ],
)
def test_guesses_are_counted_and_told_to_come_at_once(text: str, guesses: Guesses) -> None:
    """Wrong passwords come one after the other, unless the sentence says that they come at the same moment."""
    assert re.fullmatch(GUESSES, text)
    assert read_guesses(text) == guesses


@pytest.mark.parametrize(
    ("text", "mails"),
    [
        ("no mail that confirms the order", ExpectedMails(0, "confirms the order")),
        ("one mail that welcomes her", ExpectedMails(1, "welcomes her")),
        ("a second mail that warns of the lock", ExpectedMails(2, "warns of the lock")),
        ("3 mails in all", ExpectedMails(3)),
    ],
)
def test_mails_are_counted_for_a_purpose_or_in_all(text: str, mails: ExpectedMails) -> None:
    """A mail that does something is counted by its purpose; without one, all are."""
    assert re.fullmatch(EXPECTED, text)
    assert read_expected(text) == mails


@pytest.mark.parametrize(("text", "worth"), [("empty", None), ("worth £4.50", Money(450))])
def test_basket_is_empty_or_worth_something(text: str, worth: Money | None) -> None:
    """An empty basket has no worth at all, which is not the same as one that costs nothing."""
    assert amounts.worth(text) == worth


@pytest.mark.parametrize(("text", "times"), [("once more", 1), ("5 times running", 5)])
def test_failures_are_counted(text: str, times: int) -> None:
    """Something fails so many times running, or once more."""
    assert amounts.failures(text) == times


def test_what_lasts_only_for_a_while_is_not_over() -> None:
    """An order has been cancelled, and is being cancelled before: each is a state of its own."""
    assert REACHED["is being cancelled"] == "being cancelled"
    assert REACHED["has been cancelled"] == "cancelled"
    assert set(REACHED.values()) <= set(STATES)
