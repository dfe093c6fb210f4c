"""Opening accounts, signing in and out, and who is known to the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .app import App
from .channel import THE_CHANNEL, Channel, used
from .people import person
from .shop import SHOP, move_to_another_shop, shop
from .stores import database

if TYPE_CHECKING:
    from ..world import World
    from .people import Person


def have_account(world: World, name: str) -> None:
    """Make sure that the person has an account and is signed in nowhere yet."""
    open_account(world, person(world, name), App())
    App().sign_out(world)


def have_account_elsewhere(world: World, name: str) -> None:
    """Make sure that the person has an account in a shop that is not the scenario's."""
    here = shop(world)
    move_to_another_shop(world)
    have_account(world, name)
    world.notes[SHOP] = here


def open_account(world: World, who: Person, channel: Channel) -> None:
    """Register through the channel."""
    used(world, channel).open_account(world, who)


def sign_in(world: World, who: Person, channel: Channel) -> None:
    """Sign in through the channel."""
    used(world, channel).sign_in(world, who)


def sign_out(world: World) -> None:
    """Sign out of the channel in use."""
    world.notes[THE_CHANNEL].sign_out(world)


def known_customers(world: World) -> int:
    """How many customers the shop has in its books."""
    return int(database(world).value("SELECT count(*) FROM accounts.customer WHERE shop = :shop", shop=shop(world)))
