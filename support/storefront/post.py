"""The mails that people receive."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..core import action
from .announcements import settle
from .books import newest_order
from .people import person
from .shop import SHOP_NAME
from .stores import post_office

if TYPE_CHECKING:
    from collections.abc import Iterable

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


_NUMBERS: Final = {"no": 0, "one": 1, "a second": 2}
EXPECTED: Final = rf"(?:{'|'.join(_NUMBERS)}) mail that (?:{'|'.join(MAILS)})|\d+ mails in all"


@dataclass(frozen=True, slots=True)
class ExpectedMails:
    """So many mails for one purpose, or in all where none is named."""

    number: int
    purpose: str = ""


def read_expected(text: str) -> ExpectedMails:
    """Read "one mail that welcomes her", "no mail that ...", "a second mail that ..." or "3 mails in all"."""
    number, _, purpose = text.partition(" mail that ")
    return ExpectedMails(_NUMBERS[number], purpose) if purpose else ExpectedMails(int(text.split(maxsplit=1)[0]))


def expect_mails(world: World, name: str, expected: ExpectedMails) -> None:
    """The person has received exactly so many such mails, when all that was announced has been acted upon."""
    settle(world)
    counted, received = _counted(world, name, expected), _mails(world, name)
    found, subjects = len(_about(counted, received)), [mail.subject for mail in received]
    what = f"that {expected.purpose}" if expected.purpose else "in all"
    assert found == expected.number, f"expected {expected.number} mails {what}, found {found} among {subjects}"


def expect_said(world: World, name: str, purpose: str, words: str) -> None:
    """That mail to the person has the words."""
    settle(world)
    found = _about(_subject(world, name, purpose), _mails(world, name))
    assert any(words in mail.text for mail in found), f"expected {words!r}, found {[mail.text for mail in found]}"


def _counted(world: World, name: str, expected: ExpectedMails) -> str:
    """The subject of the mails that count: those about her newest order, but where none is expected, about any."""
    if not expected.purpose:
        return ".*"
    if expected.number:
        return _subject(world, name, expected.purpose)
    return MAILS[expected.purpose].format(number=r"[A-Z]-\d+")


def _subject(world: World, name: str, purpose: str) -> str:
    template = MAILS[purpose]
    return template.format(number=newest_order(world, name)) if "{number}" in template else template


@action("open {name}'s mailbox")
def _mails(world: World, name: str) -> list[Mail]:
    return post_office(world).mails(to=person(world, name).email)


def _about(subject: str, received: Iterable[Mail]) -> list[Mail]:
    """The mails whose whole subject fits the pattern."""
    return [mail for mail in received if re.fullmatch(subject, mail.subject)]
