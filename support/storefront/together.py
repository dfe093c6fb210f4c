"""Several people who do something at the same moment, each with the app."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING

from ..core import Note
from .accounts import be_signed_in
from .app import APP, APP_ORDERING, change_of
from .books import the_order
from .cards import GOOD_CARD
from .ordering import be_about_to_pay

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..doors import Answer
    from ..world import World
    from .states import Deed

    Attempt = Callable[[], Answer]

OUTCOMES = Note[list["Answer"]]("what the shop has answered several people at the same moment")


def order(world: World, names: Sequence[str], product: str, pieces: int) -> None:
    """Let several customers submit an order each."""
    attempts: list[Attempt] = []
    for name in names:
        be_about_to_pay(world, name, product, pieces, APP)
        attempts.append(APP_ORDERING.submission(world, GOOD_CARD))
    _go(world, attempts)


def change(world: World, deeds: Sequence[tuple[str, Deed]]) -> None:
    """Let several people do something each to the order that was placed last."""
    order_id = the_order(world)
    attempts: list[Attempt] = []
    for name, deed in deeds:
        be_signed_in(world, name, APP)
        attempts.append(change_of(world, deed, order_id))
    _go(world, attempts)


def expect_accepted(world: World, people: int) -> None:
    """So many of them were accepted."""
    found = [answer for answer in world.notes[OUTCOMES] if answer.status < HTTPStatus.BAD_REQUEST]
    assert len(found) == people, f"expected {people} to be accepted, but the shop says {_told(world)}"


def expect_refused(world: World, people: int, words: str) -> None:
    """So many of them were refused in these words."""
    refused = [answer for answer in world.notes[OUTCOMES] if answer.status >= HTTPStatus.BAD_REQUEST]
    found = [answer for answer in refused if words in answer.text]
    assert len(found) == people, f"expected {people} to be told {words!r}, but the shop says {_told(world)}"


def _told(world: World) -> str:
    return "; ".join(str(answer) for answer in world.notes[OUTCOMES])


def _go(world: World, attempts: list[Attempt]) -> None:
    with ThreadPoolExecutor(len(attempts)) as people:
        world.notes[OUTCOMES] = list(people.map(lambda attempt: attempt(), attempts))
