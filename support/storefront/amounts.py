"""The words in sentences that say how many, how much and how often."""

from __future__ import annotations

from .goods import GOODS, Goods, read_goods
from .guesses import GUESSES, Guesses, read_guesses
from .money import Money
from .post import EXPECTED, ExpectedMails, read_expected
from .written import written

_TIMES = {"once": 1, "twice": 2}
_MONEY = r"[£€$][\d,]+\.\d\d"


@written(r"no|\d+")
def count(text: str) -> int:
    """A number of things; "no" is none."""
    return 0 if text == "no" else int(text)


@written("|".join(_TIMES))
def times(text: str) -> int:
    """How often something happens."""
    return _TIMES[text]


@written(r"once more|\d+ times running")
def failures(text: str) -> int:
    """How often something fails without a success between."""
    return 1 if text == "once more" else int(text.split(maxsplit=1)[0])


@written(r"no customer|\d+ customers?")
def customers(text: str) -> int:
    """How many customers."""
    return 0 if text.startswith("no") else int(text.split(maxsplit=1)[0])


@written(r"no orders?|\d+ orders?")
def orders(text: str) -> int:
    """How many orders."""
    return 0 if text.startswith("no") else int(text.split(maxsplit=1)[0])


@written(GUESSES)
def guesses(text: str) -> Guesses:
    """How many wrong passwords, and whether at the same moment."""
    return read_guesses(text)


@written(EXPECTED)
def mails(text: str) -> ExpectedMails:
    """How many mails, and what for; their subject is drawn from it when the scenario has got that far."""
    return read_expected(text)


@written(GOODS)
def goods(text: str) -> Goods:
    """What a customer wants to pay for."""
    return read_goods(text)


@written(_MONEY)
def money(text: str) -> Money:
    """An amount of money."""
    return Money.read(text)


@written(rf"nothing|{_MONEY}")
def sum_of_money(text: str) -> Money:
    """An amount of money, or nothing at all."""
    return Money(0) if text == "nothing" else Money.read(text)


@written(rf"empty|worth {_MONEY}")
def worth(text: str) -> Money | None:
    """What a basket costs; None where nothing is in it."""
    return None if text == "empty" else Money.read(text.removeprefix("worth "))
