"""An order that is paid, and then its department is cut off from another, so that nobody knows what becomes of it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from . import clock
from .accidents import in_words, reachable, unreachable
from .app import APP, APP_ORDERING
from .app.exchange import THE_ANSWER
from .books import remember_orders, the_order
from .cards import GOOD_CARD
from .ordering import be_about_to_pay
from .payments import expect_charged

if TYPE_CHECKING:
    from datetime import timedelta

    from ..world import World
    from .goods import Goods


def pay_and_be_cut_off(world: World, name: str, goods: Goods, callee: str) -> None:
    """Make sure that an order is paid through the app, and waits because the order desk cannot reach that department.

    The order desk has reserved the pieces by then: it is stopped on its way to the payment desk, cut off from the other
    department there, and let go.
    """
    be_about_to_pay(world, name, goods, APP)
    with world.action(f"{name} pays, and then the order desk is cut off from {in_words(callee)}"):
        _pay(world, callee)
    with world.action("see that the bank is paid and the order waits"):
        APP_ORDERING.expect_waiting(world)
        expect_charged(world, the_order(world))


def _pay(world: World, callee: str) -> None:
    remember_orders(world)
    submit = APP_ORDERING.submission(world, GOOD_CARD)
    paying = world.faults().hold(world.identity, caller="orders", callee="payments")
    with ThreadPoolExecutor(1) as hand:
        answer = hand.submit(submit)
        paying.wait_until_met()
        unreachable(world, "orders", callee)
        paying.release()
    world.notes[THE_ANSWER] = answer.result()


def reach_again(world: World, callee: str, later: timedelta) -> None:
    """Let so much time pass in the shop, and then let the department be reached again."""
    clock.let_pass(world, later)
    reachable(world, callee)
