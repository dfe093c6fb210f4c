"""How the website says that something was not done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from .window import page

if TYPE_CHECKING:
    from ...world import World


class WebsiteRefusals:
    """The page says so, and nothing else is shown in its place."""

    def expect_told(self, world: World, words: str) -> None:
        """An alert says the words."""
        expect(page(world).get_by_role("alert")).to_contain_text(words)

    def expect_asked_to_sign_in(self, world: World) -> None:
        """The sign-in form is shown in place of what was asked for."""
        expect(page(world).get_by_role("heading", level=1)).to_have_text("Sign in")

    def expect_not_permitted(self, world: World) -> None:
        """The page says so in place of what was asked for."""
        expect(page(world).get_by_role("main")).to_contain_text("You may not see this page")
