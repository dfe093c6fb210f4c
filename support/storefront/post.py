"""The mails that customers receive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core import eventually
from .people import person
from .stores import post_office

if TYPE_CHECKING:
    from ..world import World


def expect_mail(world: World, name: str, subject: str) -> None:
    """Within ten seconds the person has received exactly one mail with that subject."""

    def check() -> None:
        subjects = [mail.subject for mail in post_office(world).mails(to=person(world, name).email)]
        assert subjects.count(subject) == 1, f"expected one mail {subject!r} to {name}, found {subjects or 'no mail'}"

    eventually(check)
