"""Several people who do something at the same moment, each with the app."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING

from ..core import Note
from .accounts import be_signed_in
from .app import APP, APP_ORDERING, change_of
from .app.exchange import named
from .books import the_order
from .cards import GOOD_CARD
from .ordering import be_about_to_pay

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..doors import Answer
    from ..world import World
    from .goods import Goods
    from .states import Deed

    Attempt = Callable[[], Answer]

OUTCOMES = Note[list["Answer"]]("what the shop has answered several people at the same moment")


def order(world: World, names: Sequence[str], goods: Goods) -> None:
    """Let several customers submit an order each."""
    attempts: list[Attempt] = []
    for name in names:
        be_about_to_pay(world, name, goods, APP)
        attempts.append(APP_ORDERING.submission(world, GOOD_CARD, f"{name} submits an order"))
    _go(world, attempts)


def change(world: World, deeds: Sequence[tuple[str, Deed]]) -> None:
    """Let several people do something each to the order that was placed last."""
    order_id = the_order(world)
    attempts: list[Attempt] = []
    for name, deed in deeds:
        be_signed_in(world, name, APP)
        attempts.append(named(world, f"{name} asks to {deed} the order", change_of(world, deed, order_id)))
    _go(world, attempts)


def expect_one_of_two(world: World) -> None:
    """One of two was accepted; the other was refused because of it, which is no fault of the shop."""
    answers = world.notes[OUTCOMES]
    found = sorted(answers, key=lambda answer: answer.status)
    told = "; ".join(map(str, found))
    assert len(found) == 2, f"expected two people to have acted at the same moment, found {len(found)}"  # noqa: PLR2004
    assert found[0].status < HTTPStatus.BAD_REQUEST, f"expected one of the two to be done, but the shop says {told}"
    assert found[1].status == HTTPStatus.CONFLICT, f"expected one of the two to be refused, but the shop says {told}"


def _go(world: World, attempts: list[Attempt]) -> None:
    with ThreadPoolExecutor(len(attempts)) as people:
        world.notes[OUTCOMES] = list(people.map(lambda attempt: attempt(), attempts))
