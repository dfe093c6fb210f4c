"""The mails that customers receive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..core import eventually
from .announcements import settle
from .people import person
from .shop import SHOP_NAME
from .stores import post_office

if TYPE_CHECKING:
    from ..world import World

WELCOME: Final = f"Welcome to {SHOP_NAME}"


def expect_one_mail(world: World, name: str, subject: str) -> None:
    """The person has received exactly one mail with that subject, when all that was announced has been acted upon."""
    eventually(lambda: _expect_one(world, name, subject))
    settle(world)
    _expect_one(world, name, subject)


def _expect_one(world: World, name: str, subject: str) -> None:
    subjects = [mail.subject for mail in post_office(world).mails(to=person(world, name).email)]
    assert subjects.count(subject) == 1, f"expected one mail {subject!r} to {name}, found {subjects or 'no mail'}"
