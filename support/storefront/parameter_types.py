"""The words in sentences that stand for things: `{name:Type}` in the patterns of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import parse
from behave import register_type

from . import clock
from .accidents import DESKS
from .announcements import NEWS
from .app import APP, OLDER_APP
from .cards import CARD, read_card
from .flags import OFFERS
from .money import Money
from .people import CUSTOMERS, STAFF
from .post import MAILS
from .resources import RESOURCES
from .rooms import ROOMS
from .sales import DAY, DAYS, read_day, read_days
from .security import TRICKS
from .shop import CITIES
from .shopping import Sale
from .states import DEEDS, WAYS
from .website import WEBSITE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime, timedelta

    from .cards import Card
    from .channel import Channel
    from .sales import Days
    from .states import Deed

CHANNELS: Final = {channel.words: channel for channel in (WEBSITE, APP, OLDER_APP)}


def _any_of(words: Iterable[str]) -> str:
    """A pattern for these words, the longest first: one may begin with another."""
    return "|".join(sorted(words, key=len, reverse=True))


@parse.with_pattern(_any_of(CUSTOMERS))
def customer(text: str) -> str:
    """A customer of the cast."""
    return text


@parse.with_pattern(_any_of(STAFF))
def staff(text: str) -> str:
    """One of the cast who works for the shop."""
    return text


@parse.with_pattern(_any_of((*CUSTOMERS, *STAFF)))
def person(text: str) -> str:
    """One of the cast, customer or staff."""
    return text


@parse.with_pattern(_any_of((*CUSTOMERS, *STAFF, "a visitor", "the visitor")))
def anybody(text: str) -> str:
    """One of the cast, or "" for a visitor."""
    return "" if text.endswith("visitor") else text


@parse.with_pattern(_any_of(CHANNELS))
def channel(text: str) -> Channel:
    """A way into the shop."""
    return CHANNELS[text]


@parse.with_pattern(r"[£€$][\d,]+\.\d\d")
def money(text: str) -> Money:
    """An amount of money."""
    return Money.read(text)


@parse.with_pattern(_any_of(DESKS))
def desk(text: str) -> str:
    """A department, by its name in system.toml."""
    return DESKS[text]


@parse.with_pattern(r"no|\d+")
def count(text: str) -> int:
    """A number of things; "no" is none."""
    return 0 if text == "no" else int(text)


@parse.with_pattern(r"no customer|\d+ customers?")
def customers(text: str) -> int:
    """How many customers."""
    return 0 if text.startswith("no") else int(text.split(maxsplit=1)[0])


@parse.with_pattern(r"another wrong password|\d+ wrong passwords")
def guesses(text: str) -> int:
    """How many wrong passwords."""
    return 1 if text.startswith("another") else int(text.split(maxsplit=1)[0])


@parse.with_pattern(clock.DURATION)
def duration(text: str) -> timedelta:
    """How long something takes."""
    return clock.read_duration(text)


@parse.with_pattern(clock.MOMENT)
def moment(text: str) -> datetime:
    """A time of a day, as the clock on the shop's wall and its calendar show it."""
    return clock.read_moment(text)


@parse.with_pattern(_any_of(CITIES))
def city(text: str) -> str:
    """Where a shop can be."""
    return text


@parse.with_pattern(_any_of(OFFERS))
def offer(text: str) -> str:
    """What a shop may offer or not, by the name of the flag."""
    return OFFERS[text]


@parse.with_pattern(_any_of(NEWS))
def news(text: str) -> str:
    """What departments announce, by the type of the event."""
    return NEWS[text]


@parse.with_pattern(_any_of(MAILS))
def mail(text: str) -> str:
    """What a mail is for; its subject is drawn from it when the scenario has got that far."""
    return text


@parse.with_pattern(_any_of(ROOMS))
def room(text: str) -> str:
    """A part of the shop that somebody can go to."""
    return text


@parse.with_pattern(_any_of(TRICKS))
def trick(text: str) -> str:
    """What a foreign site may try in somebody's name."""
    return text


@parse.with_pattern(_any_of(RESOURCES))
def resource(text: str) -> str:
    """What can be fetched from the shop, by its path."""
    return RESOURCES[text]


@parse.with_pattern("pass(?:es)?|has passed|have passed")
def passing(text: str) -> str:
    """That time goes by, in any form of the word."""
    return text


@parse.with_pattern(r"no orders?|\d+ orders?")
def orders(text: str) -> int:
    """How many orders."""
    return 0 if text.startswith("no") else int(text.split(maxsplit=1)[0])


@parse.with_pattern(r"nothing|[£€$][\d,]+\.\d\d")
def sum_of_money(text: str) -> Money:
    """An amount of money, or nothing at all."""
    return Money(0) if text == "nothing" else Money.read(text)


@parse.with_pattern(_any_of(sale.value for sale in Sale))
def sale(text: str) -> Sale:
    """Whether a product can be bought."""
    return Sale(text)


@parse.with_pattern("risen|fallen")
def turn(text: str) -> str:
    """Which way a price has gone."""
    return text


@parse.with_pattern(CARD)
def card(text: str) -> Card:
    """What a customer pays with."""
    return read_card(text)


@parse.with_pattern(_any_of(DEEDS))
def deed(text: str) -> Deed:
    """What somebody does to an order."""
    return DEEDS[text]


@parse.with_pattern(_any_of((*WAYS, "placed")))
def state(text: str) -> str:
    """What has become of an order."""
    return text


@parse.with_pattern(r"[a-z]+(?: [a-z]+)*(?:, [a-z]+(?: [a-z]+)*)*")
def states(text: str) -> list[str]:
    """The states that an order went through, the first first."""
    return text.split(", ")


@parse.with_pattern(r'no notice|"[^"]+"')
def notice(text: str) -> str:
    """What stands beside a product; "" for nothing."""
    return "" if text == "no notice" else text.strip('"')


@parse.with_pattern(DAY)
def day(text: str) -> date:
    """A day of the calendar."""
    return read_day(text)


@parse.with_pattern(DAYS)
def days(text: str) -> Days:
    """From one day to another."""
    return read_days(text)


def register() -> None:
    """Make the types known to behave."""
    register_type(Customer=customer, Staff=staff, Person=person, Anybody=anybody, Channel=channel, Money=money)
    register_type(
        Desk=desk, Count=count, Customers=customers, Guesses=guesses, Duration=duration, Moment=moment, City=city
    )
    register_type(Offer=offer, News=news, Mail=mail, Room=room, Trick=trick, Resource=resource, Passing=passing)
    register_type(Orders=orders, Sum=sum_of_money, Sale=sale, Turn=turn)
    register_type(Card=card, Deed=deed, State=state, States=states, Notice=notice, Day=day, Days=days)
