"""The cast: who acts in a scenario, and with which name, address and password."""

from __future__ import annotations

import random
import string
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..world import World

CUSTOMERS: Final = ("Ada", "Ben")
STAFF: Final = {"Olivia": "owner", "Cleo": "clerk"}
"""The personas of features/README.md; those who work for the shop with what they are there."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an e-mail address and a password: fictitious, and unlike anybody in any other scenario."""

    name: str
    email: str
    password: str = field(repr=False)

    def without_name(self) -> Person:
        """The same person, giving no name."""
        return replace(self, name="")

    def with_name(self, name: str) -> Person:
        """The same person under another name."""
        return replace(self, name=name)

    def with_address(self, email: str) -> Person:
        """The same person under another address."""
        return replace(self, email=email)

    def with_password_of(self, length: int) -> Person:
        """The same person with a password of that many characters."""
        return replace(self, password=(self.password * (length // len(self.password) + 1))[:length])

    def with_wrong_password(self) -> Person:
        """The same person, mistaken about the password."""
        return replace(self, password=self.password[::-1] + "!")


def person(world: World, name: str) -> Person:
    """The person whom a scenario calls by that name: the same in every step.

    With the same seed the password is the same in every run; the address holds the scenario's tenant key, which is not,
    so that mails of scenarios side by side do not meet.
    """
    letters = random.Random(f"{world.identity.seed} {name}")  # noqa: S311 - repeatable is what it has to be
    password = "".join(letters.choices(string.ascii_letters + string.digits, k=16))
    world.evidence.hide(password)
    return Person(name, f"{name.lower()}@{world.identity.tenant}.example", password)
