"""Accounts on the website: the forms, and the banner that says who is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..pages import AccountPage
from ..shop import shop
from .window import page, shop_url

if TYPE_CHECKING:
    from ...world import World
    from ..people import Person


class WebsiteAccounts:
    """Opening an account, signing in and out, by hand."""

    def open_account(self, world: World, person: Person) -> None:
        """Fill in and send the registration."""
        _account(world).register(person)

    def sign_in(self, world: World, person: Person) -> None:
        """Fill in and send the sign-in form."""
        _account(world).sign_in(person)

    def expect_let_in(self, world: World, person: Person) -> None:
        """The banner greets the person."""
        self.expect_signed_in(world, person)

    def sign_out(self, world: World) -> None:
        """Press the button in the banner."""
        _account(world).sign_out()

    def carry_session(self, world: World, old_shop: str) -> None:
        """Give the browser each cookie of the old shop for the new one too, as a thief would."""
        context, new_path = world.browser().context, f"/shops/{shop(world)}"
        old = [cookie for cookie in context.cookies() if cookie["path"] == f"/shops/{old_shop}"]
        assert old, "expected cookies of the shop to carry along, found none"
        for cookie in old:
            name, value, domain = cookie["name"], cookie["value"], cookie["domain"]
            context.add_cookies([{"name": name, "value": value, "domain": domain, "path": new_path}])

    def sign_in_by_keyboard(self, world: World, person: Person) -> None:
        """Sign in without a mouse."""
        _account(world).sign_in_by_keyboard(person)

    def expect_signed_in(self, world: World, person: Person) -> None:
        """The banner greets the person."""
        _account(world).expect_signed_in(person)

    def expect_signed_out(self, world: World) -> None:
        """The banner offers to sign in."""
        _account(world).expect_signed_out()


def _account(world: World) -> AccountPage:
    return AccountPage(page(world), shop_url(world))
