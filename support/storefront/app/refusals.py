"""How the app is told that something was not done."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from .exchange import THE_ANSWER

if TYPE_CHECKING:
    from ...world import World


class AppRefusals:
    """The last answer is a refusal."""

    def expect_told(self, world: World, words: str) -> None:
        """The last answer is a refusal that has the words."""
        answer = world.notes[THE_ANSWER]
        assert answer.status >= HTTPStatus.BAD_REQUEST, f"expected a refusal ({words!r}), but the shop says {answer}"
        assert words in answer.text, f"expected the refusal {words!r}, but the shop says {answer}"

    def expect_asked_to_sign_in(self, world: World) -> None:
        """The last answer says that nobody is signed in."""
        answer = world.notes[THE_ANSWER]
        assert answer.status == HTTPStatus.UNAUTHORIZED, f"expected to be asked to sign in, but the shop says {answer}"

    def expect_not_permitted(self, world: World) -> None:
        """The last answer says that this account may not."""
        answer = world.notes[THE_ANSWER]
        assert answer.status == HTTPStatus.FORBIDDEN, f"expected not to be permitted, but the shop says {answer}"
