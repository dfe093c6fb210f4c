"""Sessions: how long the shop knows who is there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from . import clock
from .accounts import be_signed_in
from .channel import in_use
from .people import person
from .rooms import ROOMS
from .shop import move_to_another_shop, shop

if TYPE_CHECKING:
    from ..world import World
    from .channel import Channel

_PAUSE: Final = timedelta(minutes=25)
"""How long somebody who keeps busy stays away at most."""


def come_back(world: World, duration: timedelta) -> None:
    """Stay away so long, then go to where only those are let who are signed in."""
    clock.let_pass(world, duration)
    in_use(world).rooms.go(world, ROOMS["order history"])


def keep_busy(world: World, name: str, duration: timedelta, channel: Channel) -> None:
    """Sign in, and go on using the shop so long, with pauses of 25 minutes at most; its last use is at the end."""
    be_signed_in(world, name, channel)
    while duration > timedelta():
        pause = min(duration, _PAUSE)
        with world.action(f"{name} comes back after {pause}"):
            come_back(world, pause)
            channel.accounts.expect_signed_in(world, person(world, name))
        duration -= _PAUSE


def carry_to_another_shop(world: World) -> None:
    """Take the session to a shop that has not given it, and go to where only those are let who are signed in."""
    old_shop = shop(world)
    move_to_another_shop(world)
    in_use(world).accounts.carry_session(world, old_shop)
    in_use(world).rooms.go(world, ROOMS["order history"])
