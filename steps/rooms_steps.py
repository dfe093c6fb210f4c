"""Rooms: the parts of the shop, and who is let where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from behave import then, when

from support.core import needs
from support.storefront import visits
from support.storefront.channel import Channel, in_use
from support.storefront.rooms import ROOMS

if TYPE_CHECKING:
    from support.context import Context


@when("{who:Anybody} goes to the {room:Room} {channel:Channel}")
@needs("write")
def anybody_goes_to_a_room(context: Context, who: str, room: str, channel: Channel) -> None:
    """Go to a part of the shop: signed in, or as a visitor."""
    visits.visit(context.world, who, room, channel)


@then("{who:Anybody} sees the {room:Room}")
def anybody_sees_a_room(context: Context, who: str, room: str) -> None:  # noqa: ARG001 - the sentence names who
    """The shop shows what is in that part of it."""
    in_use(context.world).rooms.expect_inside(context.world, ROOMS[room])


@then('{who:Person} reads "{words}" there')
def person_reads_words(context: Context, who: str, words: str) -> None:  # noqa: ARG001 - the sentence names who
    """The words are shown where she is, exactly as they are written."""
    in_use(context.world).rooms.expect_words(context.world, words)
