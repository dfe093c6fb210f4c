"""The words in sentences that stand for things: `{name:Type}` in the patterns of steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from behave import register_type

from . import amounts, clock
from .accidents import DESKS
from .announcements import NEWS
from .app import APP, OLDER_APP
from .cards import CARD, read_card
from .flags import OFFERS
from .people import CUSTOMERS, STAFF
from .post import MAILS
from .resources import RESOURCES
from .rooms import ROOMS
from .sales import DAY, DAYS, read_day, read_days
from .security import TRICKS
from .shop import CITIES
from .shopping import Sale
from .states import DEEDS, REACHED, WAYS
from .website import WEBSITE
from .written import any_of, written

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from .cards import Card
    from .channel import Channel
    from .sales import Days
    from .states import Deed

CHANNELS: Final = {channel.words: channel for channel in (WEBSITE, APP, OLDER_APP)}


@written(any_of(CUSTOMERS))
def customer(text: str) -> str:
    """A customer of the cast."""
    return text


@written("the owner|a clerk")
def role(text: str) -> str:
    """What somebody can be for a shop, by its name on the platform."""
    return text.split(maxsplit=1)[1]


@written(any_of(STAFF))
def staff(text: str) -> str:
    """One of the cast who works for the shop."""
    return text


@written(any_of((*CUSTOMERS, *STAFF)))
def person(text: str) -> str:
    """One of the cast, customer or staff."""
    return text


@written(any_of((*CUSTOMERS, *STAFF, "a visitor", "the visitor")))
def anybody(text: str) -> str:
    """One of the cast, or "" for a visitor."""
    return "" if text.endswith("visitor") else text


@written(any_of(CHANNELS))
def channel(text: str) -> Channel:
    """A way into the shop."""
    return CHANNELS[text]


@written(any_of(DESKS))
def desk(text: str) -> str:
    """A department, by its name in system.toml."""
    return DESKS[text]


@written(clock.DURATION)
def duration(text: str) -> timedelta:
    """How long something takes."""
    return clock.read_duration(text)


@written(clock.MOMENT)
def moment(text: str) -> datetime:
    """A time of a day, as the clock on the shop's wall and its calendar show it."""
    return clock.read_moment(text)


@written(any_of(CITIES))
def city(text: str) -> str:
    """Where a shop can be."""
    return text


@written("the shop|another shop")
def which_shop(text: str) -> bool:
    """Whether it is another shop than the scenario's."""
    return text.startswith("another")


@written("a visitor enters|the visitor comes back to")
def visiting(text: str) -> str:
    """That a visitor looks at the shelf, in any form of the word."""
    return text


@written(any_of(OFFERS))
def offer(text: str) -> str:
    """What a shop may offer or not, by the name of the flag."""
    return OFFERS[text]


@written(any_of(NEWS))
def news(text: str) -> str:
    """What departments announce, by the type of the event."""
    return NEWS[text]


@written(any_of(MAILS))
def mail(text: str) -> str:
    """What a mail is for; its subject is drawn from it when the scenario has got that far."""
    return text


@written(any_of(ROOMS))
def room(text: str) -> str:
    """A part of the shop that somebody can go to."""
    return text


@written(any_of(TRICKS))
def trick(text: str) -> str:
    """What a foreign site may try in somebody's name."""
    return text


@written(any_of(RESOURCES))
def resource(text: str) -> str:
    """What can be fetched from the shop, by its path."""
    return RESOURCES[text]


@written("pass(?:es)?|has passed|have passed")
def passing(text: str) -> str:
    """That time goes by, in any form of the word."""
    return text


@written(any_of(sale.value for sale in Sale))
def sale(text: str) -> Sale:
    """Whether a product can be bought."""
    return Sale(text)


@written("risen|fallen")
def turn(text: str) -> str:
    """Which way a price has gone."""
    return text


@written(CARD)
def card(text: str) -> Card:
    """What a customer pays with."""
    return read_card(text)


@written(any_of(DEEDS))
def deed(text: str) -> Deed:
    """What somebody does to an order."""
    return DEEDS[text]


@written(any_of((*WAYS, "placed")))
def state(text: str) -> str:
    """What has become of an order."""
    return text


@written(any_of(REACHED))
def reached(text: str) -> str:
    """A state that an order has come into."""
    return REACHED[text]


@written(r"[a-z]+(?: [a-z]+)*(?:, [a-z]+(?: [a-z]+)*)*")
def states(text: str) -> list[str]:
    """The states that an order went through, the first first."""
    return text.split(", ")


@written(r'no notice|"[^"]+"')
def notice(text: str) -> str:
    """What stands beside a product; "" for nothing."""
    return "" if text == "no notice" else text.strip('"')


@written(DAY)
def day(text: str) -> date:
    """A day of the calendar."""
    return read_day(text)


@written(DAYS)
def days(text: str) -> Days:
    """From one day to another."""
    return read_days(text)


def register() -> None:
    """Make the types known to behave."""
    register_type(Customer=customer, Staff=staff, Person=person, Anybody=anybody, Role=role)
    register_type(Channel=channel, WhichShop=which_shop, Visiting=visiting, City=city, Room=room, Desk=desk)
    register_type(Duration=duration, Moment=moment, Passing=passing, Day=day, Days=days)
    register_type(Offer=offer, News=news, Mail=mail, Trick=trick, Resource=resource, Notice=notice)
    register_type(Sale=sale, Turn=turn, Card=card, Deed=deed, State=state, Reached=reached, States=states)
    _register_amounts()


def _register_amounts() -> None:
    register_type(Count=amounts.count, Times=amounts.times, Failures=amounts.failures)
    register_type(Customers=amounts.customers, Orders=amounts.orders, Guesses=amounts.guesses, Mails=amounts.mails)
    register_type(Goods=amounts.goods, Money=amounts.money, Sum=amounts.sum_of_money, Worth=amounts.worth)
