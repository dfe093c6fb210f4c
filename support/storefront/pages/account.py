"""Registering, signing in and signing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from .keyboard import type_into

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ..people import Person


class AccountPage:
    """The forms by which a visitor becomes a customer, and the banner that says who is signed in."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def register(self, person: Person) -> None:
        """Fill in and send the registration."""
        self._page.goto(f"{self._shop_url}/register")
        self._page.get_by_label("Name").fill(person.name)
        self._fill_credentials(person)
        self._page.get_by_role("button", name="Create account").click()

    def sign_in(self, person: Person) -> None:
        """Fill in and send the sign-in form."""
        self._page.goto(f"{self._shop_url}/sign-in")
        self._fill_credentials(person)
        self._page.get_by_role("main").get_by_role("button", name="Sign in").click()

    def sign_in_by_keyboard(self, person: Person) -> None:
        """Reach the sign-in form by Tab alone, fill it in, and send it by Enter."""
        self._page.goto(f"{self._shop_url}/sign-in")
        type_into(self._page, self._page.get_by_label("E-mail"), person.email)
        type_into(self._page, self._page.get_by_label("Password"), person.password)
        self._page.keyboard.press("Enter")

    def sign_out(self) -> None:
        """Press the button in the banner."""
        self._page.get_by_role("button", name="Sign out").click()

    def expect_signed_in(self, person: Person) -> None:
        """The banner says who is signed in."""
        expect(self._page.get_by_role("banner")).to_contain_text(f"Signed in as {person.name}")

    def expect_signed_out(self) -> None:
        """The banner offers to sign in."""
        expect(self._page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()

    def _fill_credentials(self, person: Person) -> None:
        self._page.get_by_label("E-mail").fill(person.email)
        self._page.get_by_label("Password").fill(person.password)
