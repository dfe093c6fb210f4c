"""What the app keeps of its talk with the shop: the last answer, and the token by which it is known."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from ...core import Note

if TYPE_CHECKING:
    from collections.abc import Callable

    from ...doors import Answer
    from ...world import World

THE_ANSWER = Note["Answer"]("an answer of the shop to the app")
TOKEN = Note[str]("that somebody has signed in in the app")


def bearer(world: World) -> dict[str, str]:
    """The header that says who is there; none if nobody is signed in."""
    token = world.notes.get(TOKEN)
    return {"Authorization": f"Bearer {token}"} if token else {}


def accepted(world: World) -> Answer:
    """The last answer, which is no refusal."""
    answer = world.notes[THE_ANSWER]
    assert answer.status < HTTPStatus.BAD_REQUEST, f"expected the shop to accept, but it says {answer}"
    return answer


def named(world: World, title: str, attempt: Callable[[], Answer]) -> Callable[[], Answer]:
    """The attempt as an action of that title, whenever and by whomever it is made."""

    def acting() -> Answer:
        with world.action(title):
            return attempt()

    return acting


def items(answer: Answer) -> list[dict[str, object]]:
    """The list that the shop answered."""
    listed = answer.json()
    assert isinstance(listed, list), f"expected a list, but the shop says {answer}"
    return listed
