"""The mails that people receive."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .announcements import settle
from .books import newest_order
from .people import person
from .shop import SHOP_NAME
from .stores import post_office

if TYPE_CHECKING:
    from ..doors import Mail
    from ..world import World

MAILS: Final = {
    "welcomes her": f"Welcome to {SHOP_NAME}",
    "warns of the lock": "Your account is locked",
    "confirms the order": "Your order {number}",
    "says that the order did not come about": "Your order could not be completed",
    "confirms the cancellation": "Your order {number} is cancelled",
    "says that the order is on its way": "Your order {number} is on its way",
    "confirms the refund": "Your refund for order {number}",
}
"""What a mail is for, and its subject; {number} is that of the person's newest order."""


def expect_one_mail(world: World, name: str, purpose: str) -> None:
    """The person has received exactly one such mail, when all that was announced has been acted upon."""
    settle(world)
    found = _mails(world, name, _subject(world, name, purpose))
    assert len(found) == 1, f"expected one mail that {purpose}, found {len(found)} among {_subjects(world, name)}"


def expect_no_mail(world: World, name: str, purpose: str) -> None:
    """The person has received no such mail about any order, when all that was announced has been acted upon."""
    settle(world)
    found = _mails(world, name, MAILS[purpose].format(number=r"[A-Z]-\d+"))
    assert not found, f"expected no mail that {purpose}, found {_subjects(world, name)}"


def expect_said(world: World, name: str, purpose: str, words: str) -> None:
    """That mail to the person has the words."""
    settle(world)
    found = _mails(world, name, _subject(world, name, purpose))
    assert any(words in mail.text for mail in found), f"expected {words!r}, found {[mail.text for mail in found]}"


def _subject(world: World, name: str, purpose: str) -> str:
    template = MAILS[purpose]
    return template.format(number=newest_order(world, name)) if "{number}" in template else template


def _mails(world: World, name: str, subject: str) -> list[Mail]:
    """The person's mails whose whole subject fits the pattern."""
    received = post_office(world).mails(to=person(world, name).email)
    return [mail for mail in received if re.fullmatch(subject, mail.subject)]


def _subjects(world: World, name: str) -> list[str]:
    return [mail.subject for mail in post_office(world).mails(to=person(world, name).email)]
