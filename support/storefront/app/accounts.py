"""Accounts through the app: registering, and the session whose token the app keeps."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from ..shop import FRONT, shop
from .exchange import THE_ANSWER, TOKEN, bearer

if TYPE_CHECKING:
    from ...doors import Answer
    from ...world import World
    from ..people import Person


class AppAccounts:
    """Opening an account, signing in and out, by the accounts desk's own routes."""

    def open_account(self, world: World, person: Person) -> None:
        """Register, and sign in if that worked: an app does so in one go."""
        world.notes[TOKEN] = ""
        with world.action("register"):
            answer = world.notes[THE_ANSWER] = self.register(world, person)
        if answer.status == HTTPStatus.CREATED:
            with world.action("sign in"):
                self.sign_in(world, person)

    def register(self, world: World, person: Person) -> Answer:
        """Ask for an account, and sign in nowhere."""
        body = {"name": person.name, "email": person.email, "password": person.password}
        return world.http(FRONT).post(f"{_accounts(world)}/customers", json=body)

    def sign_in(self, world: World, person: Person) -> None:
        """Open a session and keep its token; one that was kept before is forgotten."""
        world.notes[TOKEN] = ""
        answer = world.notes[THE_ANSWER] = self.attempt(world, person)
        if answer.status == HTTPStatus.CREATED:
            world.notes[TOKEN] = str(answer.json()["token"])
            world.evidence.hide(world.notes[TOKEN])

    def expect_let_in(self, world: World, person: Person) -> None:
        """The last answer is a session, which is not asked for once more."""
        answer = world.notes[THE_ANSWER]
        assert answer.status == HTTPStatus.CREATED, f"expected {person.name} to be let in, but the shop says {answer}"

    def attempt(self, world: World, person: Person) -> Answer:
        """Ask for a session, and keep nothing."""
        body = {"email": person.email, "password": person.password}
        return world.http(FRONT).post(f"{_accounts(world)}/sessions", json=body)

    def sign_out(self, world: World) -> None:
        """End the session; the app keeps the token, so that a later step can try whether it still opens."""
        world.notes[THE_ANSWER] = world.http(FRONT).delete(_session(world), headers=bearer(world))

    def carry_session(self, world: World, old_shop: str) -> None:
        """Nothing is to be done: the app sends its token wherever it asks."""

    def expect_signed_in(self, world: World, person: Person) -> None:
        """The session is that person's."""
        answer = world.http(FRONT).get(_session(world), headers=bearer(world))
        assert answer.status == HTTPStatus.OK, f"expected {person.name} to be signed in, but the shop says {answer}"
        assert answer.json()["name"] == person.name, f"expected {person.name}, signed in is {answer.json()['name']}"

    def expect_signed_out(self, world: World) -> None:
        """The token no longer opens a session."""
        answer = world.http(FRONT).get(_session(world), headers=bearer(world))
        assert answer.status == HTTPStatus.UNAUTHORIZED, f"expected nobody to be signed in, but the shop says {answer}"


def _accounts(world: World) -> str:
    return f"/accounts/v1/shops/{shop(world)}"


def _session(world: World) -> str:
    return f"{_accounts(world)}/sessions/current"
