"""Placing orders, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .accounts import be_signed_in
from .app import APP
from .books import books_of, history_of, number_of, remember_orders, the_order
from .cards import CARDS, GOOD_CARD
from .channel import Channel, in_use, used
from .people import STAFF
from .states import DEEDS, WAYS

if TYPE_CHECKING:
    from ..world import World
    from .cards import Card
    from .states import Deed

_SILENT: Final = CARDS["a card whose bank is silent"]


def order(world: World, name: str, product: str, pieces: int, channel: Channel, *, card: Card = GOOD_CARD) -> None:
    """Order one product at once, as a customer who is signed in on that channel."""
    be_about_to_pay(world, name, product, pieces, channel)
    pay(world, card)


def have_ordered(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Make sure that a customer has one more order in the books than before, and that it is confirmed."""
    before = books_of(world, name).orders
    order(world, name, product, pieces, channel)
    found, states = books_of(world, name).orders, history_of(world, the_order(world))
    assert found == before + 1, f"expected {before + 1} orders of {name} in the books, found {found}"
    assert states[-1] == "confirmed", f"expected a confirmed order of {name}, found one that is {states[-1]}"


def order_as_visitor(world: World, product: str, pieces: int, channel: Channel) -> None:
    """Try to order without signing in."""
    used(world, channel).ordering.choose(world, product, pieces)
    channel.ordering.pay(world, GOOD_CARD)


def order_basket(world: World, name: str, channel: Channel, card: Card = GOOD_CARD) -> None:
    """Order what is in the basket."""
    _begin(world, name, channel)
    channel.ordering.choose_basket(world)
    channel.ordering.pay(world, card)


def submit_twice(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Submit one order twice."""
    be_about_to_pay(world, name, product, pieces, channel)
    channel.ordering.pay_twice(world, GOOD_CARD)


def be_about_to_pay(world: World, name: str, product: str, pieces: int, channel: Channel) -> None:
    """Let somebody have chosen a product and seen what it costs; nothing is submitted yet."""
    _begin(world, name, channel)
    channel.ordering.choose(world, product, pieces)


def pay(world: World, card: Card = GOOD_CARD) -> None:
    """Pay for what was chosen."""
    remember_orders(world)
    in_use(world).ordering.pay(world, card)


def be_refused(world: World, card: Card, words: str) -> None:
    """Make sure that somebody who was about to pay was refused in these words."""
    pay(world, card)
    in_use(world).refusals.expect_told(world, words)


def wait_for_silent_bank(world: World, name: str, product: str, pieces: int) -> None:
    """Make sure that an order waits for a bank that says nothing."""
    order(world, name, product, pieces, APP, card=_SILENT)
    APP.ordering.expect_waiting(world)


def change(world: World, name: str, deed: Deed, channel: Channel) -> None:
    """Ship, deliver, cancel or refund the order that was placed last, as a customer or from behind the counter."""
    be_signed_in(world, name, channel)
    if name in STAFF or deed != DEEDS["cancels"]:
        _in_the_office(world, used(world, channel), deed)
    else:
        used(world, channel).ordering.cancel(world, the_order(world))


def look_at_order(world: World, name: str, channel: Channel) -> None:
    """Look at the order that was placed last."""
    be_signed_in(world, name, channel)
    used(world, channel).ordering.look_at(world, the_order(world))


def have_become(world: World, state: str) -> None:
    """Make sure that the order that was placed last is in that state: the owner sees to it."""
    be_signed_in(world, "Olivia", APP)
    for verb in WAYS[state]:
        _in_the_office(world, APP, DEEDS[verb])
    found = history_of(world, the_order(world))[-1]
    assert found == state, f"expected the order to be {state} now, found it {found}"


def _begin(world: World, name: str, channel: Channel) -> None:
    be_signed_in(world, name, channel)
    remember_orders(world)
    used(world, channel)


def _in_the_office(world: World, channel: Channel, deed: Deed) -> None:
    order_id = the_order(world)
    channel.office.change(world, deed, order_id, number_of(world, order_id))
