"""Placing orders, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..core import Note, action, eventually
from .accounts import be_signed_in
from .app import APP
from .books import history_of, number_of, remember_orders, the_order
from .cards import GOOD_CARD, read_card
from .channel import Channel, used
from .people import STAFF
from .states import DEEDS, WAYS
from .website import WEBSITE
from .website.ordering import WebsiteOrdering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..world import World
    from .cards import Card
    from .goods import Goods
    from .money import Money
    from .states import Deed

_SILENT: Final = read_card("a card whose bank is silent")


def order(world: World, name: str, goods: Goods, channel: Channel, card: Card = GOOD_CARD) -> None:
    """Order one product at once, or the basket, as a customer who is signed in on that channel."""
    be_about_to_pay(world, name, goods, channel)
    pay(world, name, card)


def have_ordered(world: World, name: str, goods: Goods, channel: Channel) -> None:
    """Make sure that a customer has one more order in the books than before, and that it is confirmed."""
    order(world, name, goods, channel)
    state = _state_of(world, the_order(world))
    assert state == "confirmed", f"expected a confirmed order of {name}, found one that is {state}"


def order_as_visitor(world: World, goods: Goods, channel: Channel) -> None:
    """Try to order without signing in."""
    _choose(world, goods, used(world, channel))
    with world.action(f"pay with {GOOD_CARD}"):
        channel.ordering.pay(world, GOOD_CARD)


def order_by_keyboard(world: World, name: str, goods: Goods) -> None:
    """Order one product at once on the website, without a mouse."""
    _go_to_the_till(world, name, WEBSITE)
    remember_orders(world)
    WebsiteOrdering().order_by_keyboard(world, goods.product, goods.pieces, GOOD_CARD)


def submit_twice(world: World, name: str, goods: Goods, channel: Channel) -> None:
    """Submit one order twice."""
    be_about_to_pay(world, name, goods, channel)
    remember_orders(world)
    channel.ordering.pay_twice(world, GOOD_CARD)


def be_about_to_pay(world: World, name: str, goods: Goods, channel: Channel) -> None:
    """Let somebody have chosen what to order, and seen what it costs; nothing is submitted yet."""
    _go_to_the_till(world, name, channel)
    _choose(world, goods, channel)


@action("{name} pays with {card}")
def pay(world: World, name: str, card: Card = GOOD_CARD) -> None:
    """Pay for what that customer has chosen, where she has chosen it, whatever others have done elsewhere meanwhile."""
    remember_orders(world)
    used(world, world.notes[_till_of(name)]).ordering.pay(world, card)


def be_refused(world: World, name: str, card: Card, words: str) -> None:
    """Make sure that a customer who was about to pay was refused in these words."""
    pay(world, name, card)
    world.notes[_till_of(name)].refusals.expect_told(world, words)


def wait_for_silent_bank(world: World, name: str, goods: Goods) -> None:
    """Make sure that an order waits for a bank that says nothing."""
    order(world, name, goods, APP, _SILENT)
    with world.action("see that the order waits"):
        APP.ordering.expect_waiting(world)


def change(world: World, name: str, deed: Deed, channel: Channel) -> None:
    """Ship, deliver, cancel or refund the order that was placed last, as a customer or from behind the counter."""
    be_signed_in(world, name, channel)
    if name in STAFF or deed != DEEDS["cancels"]:
        _in_the_office(world, used(world, channel), deed)
    else:
        _cancel(world, used(world, channel))


def find_orders(world: World, name: str, channel: Channel, totals: Sequence[Money]) -> None:
    """The history that the customer finds on that channel lists orders worth that much, the newest first."""
    be_signed_in(world, name, channel)
    used(world, channel).ordering.expect_orders(world, totals)


def look_at_order(world: World, name: str, channel: Channel) -> None:
    """Look at the order that was placed last."""
    be_signed_in(world, name, channel)
    used(world, channel).ordering.look_at(world, the_order(world))


def have_become(world: World, state: str) -> None:
    """Make sure that the order that was placed last is in that state: the owner sees to it, or it gets there soon."""
    be_signed_in(world, "Olivia", APP)
    for verb in WAYS[state]:
        _in_the_office(world, APP, DEEDS[verb])
    _wait_until(world, the_order(world), state)


@action("wait until the order is {state}")
def _wait_until(world: World, order_id: str, state: str) -> None:
    def check() -> None:
        found = history_of(world, order_id)[-1]
        assert found == state, f"expected the order to be {state} now, found it {found}"

    eventually(check)


@action("read in the books what became of it")
def _state_of(world: World, order_id: str) -> str:
    return history_of(world, order_id)[-1]


@action("choose {goods} {channel}")
def _choose(world: World, goods: Goods, channel: Channel) -> None:
    if goods.product:
        channel.ordering.choose(world, goods.product, goods.pieces)
    else:
        channel.ordering.choose_basket(world)


def _go_to_the_till(world: World, name: str, channel: Channel) -> None:
    be_signed_in(world, name, channel)
    world.notes[_till_of(name)] = used(world, channel)


def _till_of(name: str) -> Note[Channel]:
    return Note(f"where {name} is about to pay")


@action("cancel the order {channel}")
def _cancel(world: World, channel: Channel) -> None:
    channel.ordering.cancel(world, the_order(world))


@action("{deed} the order {channel}")
def _in_the_office(world: World, channel: Channel, deed: Deed) -> None:
    order_id = the_order(world)
    channel.office.change(world, deed, order_id, number_of(world, order_id))
