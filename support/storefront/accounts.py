"""Opening accounts, signing in and out, and who is known to the shop."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import TYPE_CHECKING

from ..core import Note, action
from .app import APP
from .app.accounts import AppAccounts
from .app.exchange import THE_ANSWER
from .channel import SIGNED_IN, in_use, used
from .people import STAFF, person
from .shop import SHOP, employ, move_to_another_shop, shop, try_to_employ
from .stores import database
from .website import WEBSITE
from .website.accounts import WebsiteAccounts

if TYPE_CHECKING:
    from ..world import World
    from .channel import Channel
    from .guesses import Guesses
    from .people import Person

AT_WORK = Note[frozenset[str]]("who works for the shop")


def have_account(world: World, name: str) -> None:
    """Make sure that the person has an account and is signed in nowhere yet: registering signs nobody in."""
    answer = AppAccounts().register(world, person(world, name))
    assert answer.status == HTTPStatus.CREATED, f"expected {name} to get an account, but the shop says {answer}"


@action("make sure that {name} has an account")
def make_known(world: World, name: str) -> None:
    """Make sure that the person has an account, whether or not there was one before."""
    answer = AppAccounts().register(world, person(world, name))
    known = answer.status in {HTTPStatus.CREATED, HTTPStatus.CONFLICT}
    assert known, f"expected {name} to have an account, but the shop says {answer}"


def have_account_elsewhere(world: World, name: str) -> None:
    """Make sure that the person has an account in a shop that is not the scenario's."""
    here = shop(world)
    move_to_another_shop(world)
    have_account(world, name)
    world.notes[SHOP] = here


def work_for_the_shop(world: World, name: str) -> None:
    """Make sure that the person has an account as one of the shop's own people."""
    at_work = world.notes.get(AT_WORK) or frozenset()
    if name not in at_work:
        employ(world, person(world, name), STAFF[name])
        world.notes[AT_WORK] = at_work | {name}


def begin_to_work_under(world: World, name: str, address: str) -> None:
    """Let the platform's operator try to open an account for one of the shop's own people under that address."""
    who = person(world, name).with_address(address)
    world.notes[THE_ANSWER] = try_to_employ(world, who, STAFF[name])
    used(world, APP)


def be_signed_in(world: World, name: str, channel: Channel) -> None:
    """Make sure that the person is signed in on that channel; whoever works for the shop does so from now on."""
    if name in STAFF:
        work_for_the_shop(world, name)
    if world.notes.get(SIGNED_IN) != (name, channel):
        _come_in(world, name, channel)


def open_account(world: World, who: Person, channel: Channel) -> None:
    """Register through the channel."""
    used(world, channel).accounts.open_account(world, who)


def sign_in(world: World, who: Person, channel: Channel) -> None:
    """Sign in through the channel."""
    used(world, channel).accounts.sign_in(world, who)


def sign_in_elsewhere(world: World, name: str, channel: Channel) -> None:
    """Go to the second shop and sign in there."""
    move_to_another_shop(world)
    sign_in(world, person(world, name), channel)


def sign_in_by_keyboard(world: World, name: str) -> None:
    """Sign in on the website without a mouse."""
    used(world, WEBSITE)
    WebsiteAccounts().sign_in_by_keyboard(world, person(world, name))


def guess(world: World, name: str, guesses: Guesses) -> None:
    """Try so many wrong passwords for the person's address, and make sure that each is refused.

    It is done elsewhere than where she may be signed in, so that it is the shop who decides whether she stays so.
    """
    who, desk = with_wrong_password(world, name), AppAccounts()
    shop(world)
    with ThreadPoolExecutor(guesses.times if guesses.at_once else 1) as guessers:
        answers = list(guessers.map(lambda _: desk.attempt(world, who), range(guesses.times)))
    for answer in answers:
        refused = answer.status >= HTTPStatus.BAD_REQUEST and "password" in answer.text
        assert refused, f"expected a wrong password to be refused, but the shop says {answer}"


def sign_out(world: World, name: str) -> None:
    """Sign the person out of the channel in use, where she is signed in."""
    in_use(world).accounts.expect_signed_in(world, person(world, name))
    in_use(world).accounts.sign_out(world)
    world.notes[SIGNED_IN] = None


def with_password_of(world: World, name: str, length: int) -> Person:
    """The person with a password of that many characters."""
    return _hidden(world, person(world, name).with_password_of(length))


def with_wrong_password(world: World, name: str) -> Person:
    """The person, mistaken about the password."""
    return _hidden(world, person(world, name).with_wrong_password())


def known_customers(world: World) -> int:
    """How many customers the shop has in its books."""
    return int(database(world).value("SELECT count(*) FROM accounts.customer WHERE shop = :shop", shop=shop(world)))


def expect_still_signed_in(world: World, name: str, channel: Channel) -> None:
    """The person is signed in on that channel, whichever was used since."""
    channel.accounts.expect_signed_in(world, person(world, name))


def expect_no_account(world: World, name: str) -> None:
    """The books do not know the person."""
    found = database(world).value(
        "SELECT count(*) FROM accounts.customer WHERE shop = :shop AND email = :email",
        shop=shop(world),
        email=person(world, name).email,
    )
    assert found == 0, f"expected no account of {name}, found {found}"


@action("{name} signs in {channel}")
def _come_in(world: World, name: str, channel: Channel) -> None:
    sign_in(world, person(world, name), channel)
    channel.accounts.expect_let_in(world, person(world, name))
    world.notes[SIGNED_IN] = (name, channel)


def _hidden(world: World, who: Person) -> Person:
    world.evidence.hide(who.password)
    return who
