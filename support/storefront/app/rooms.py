"""The parts of the shop, as far as the app has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...core import RehearsalError
from ..shop import FRONT, shop
from .exchange import THE_ANSWER, accepted, bearer

if TYPE_CHECKING:
    from ...world import World
    from ..rooms import Room


class AppRooms:
    """One exchange fetches what is in a room."""

    def go(self, world: World, room: Room) -> None:
        """Fetch what is there; RehearsalError for a room that only the website has."""
        if not room.app:
            msg = f"The app has no room {room.heading!r}; go there on the website."
            raise RehearsalError(msg)
        _fetch(world, room.app)

    def ask_for_order(self, world: World, order_id: str) -> None:
        """Fetch one order by its id."""
        _fetch(world, f"/orders/v2/shops/{{shop}}/orders/{order_id}")

    def expect_inside(self, world: World, room: Room) -> None:  # noqa: ARG002 - the last answer is what was asked for
        """The last answer is no refusal."""
        accepted(world)

    def expect_words(self, world: World, words: str) -> None:
        """The last answer has the words."""
        answer = accepted(world)
        assert words in answer.text, f"expected {words!r} to be shown, but the shop says {answer}"


def _fetch(world: World, path: str) -> None:
    world.notes[THE_ANSWER] = world.http(FRONT).get(path.replace("{shop}", shop(world)), headers=bearer(world))
