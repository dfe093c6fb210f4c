"""Opening accounts, signing in and out, and who is known to the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core import Note
from .app import App
from .channel import Channel, in_use, used
from .people import person
from .shop import SHOP, move_to_another_shop, shop
from .stores import database

if TYPE_CHECKING:
    from ..world import World
    from .people import Person

SIGNED_IN = Note[tuple[str, Channel]]("who is signed in, and where")


def have_account(world: World, name: str) -> None:
    """Make sure that the person has an account and is signed in nowhere yet."""
    app, who = App(), person(world, name)
    app.open_account(world, who)
    app.expect_signed_in(world, who)
    app.sign_out(world)
    app.expect_signed_out(world)


def have_account_elsewhere(world: World, name: str) -> None:
    """Make sure that the person has an account in a shop that is not the scenario's."""
    here = shop(world)
    move_to_another_shop(world)
    have_account(world, name)
    world.notes[SHOP] = here


def be_signed_in(world: World, name: str, channel: Channel) -> None:
    """Make sure that the person is signed in on that channel."""
    if world.notes.get(SIGNED_IN) != (name, channel):
        sign_in(world, person(world, name), channel)
        channel.expect_signed_in(world, person(world, name))
        world.notes[SIGNED_IN] = (name, channel)


def open_account(world: World, who: Person, channel: Channel) -> None:
    """Register through the channel."""
    used(world, channel).open_account(world, who)


def sign_in(world: World, who: Person, channel: Channel) -> None:
    """Sign in through the channel."""
    used(world, channel).sign_in(world, who)


def sign_out(world: World, name: str) -> None:
    """Sign the person out of the channel in use, where she is signed in."""
    in_use(world).expect_signed_in(world, person(world, name))
    in_use(world).sign_out(world)


def with_password_of(world: World, name: str, length: int) -> Person:
    """The person with a password of that many characters."""
    return _hidden(world, person(world, name).with_password_of(length))


def with_wrong_password(world: World, name: str) -> Person:
    """The person, mistaken about the password."""
    return _hidden(world, person(world, name).with_wrong_password())


def known_customers(world: World) -> int:
    """How many customers the shop has in its books."""
    return int(database(world).value("SELECT count(*) FROM accounts.customer WHERE shop = :shop", shop=shop(world)))


def expect_no_account(world: World, name: str) -> None:
    """The books do not know the person."""
    found = database(world).value(
        "SELECT count(*) FROM accounts.customer WHERE shop = :shop AND email = :email",
        shop=shop(world),
        email=person(world, name).email,
    )
    assert found == 0, f"expected no account of {name}, found {found}"


def _hidden(world: World, who: Person) -> Person:
    world.evidence.hide(who.password)
    return who
