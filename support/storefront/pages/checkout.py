"""What is about to be bought, and the card that pays for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .answers import wait_for_answer
from .keyboard import press, type_into

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from ..cards import Card


class CheckoutPage:
    """The last page before an order."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def wait_until_open(self) -> None:
        """Wait until a card is asked for, or the shop says or shows that it is not."""
        wait_for_answer(self._page, self._number(), self._page.get_by_role("heading", level=1, name="Sign in"))

    def pay(self, card: Card) -> None:
        """Fill in the card and pay, if a card is asked for."""
        if self._filled_in(card):
            self._button().click()
            self._wait_for_outcome()

    def pay_twice(self, card: Card) -> None:
        """Fill in the card and press the button twice, as fast as a finger can."""
        if self._filled_in(card):
            self._button().dblclick()
            self._wait_for_outcome()

    def pay_by_keyboard(self, card: Card) -> None:
        """Fill in the card and pay without a mouse."""
        type_into(self._page, self._number(), card.number)
        type_into(self._page, self._page.get_by_label("Expiry date"), card.expiry)
        type_into(self._page, self._page.get_by_label("Security code"), card.security_code)
        press(self._page, self._button())
        self._wait_for_outcome()

    def _filled_in(self, card: Card) -> bool:
        if not self._number().is_visible():
            return False
        self._number().fill(card.number)
        self._page.get_by_label("Expiry date").fill(card.expiry)
        self._page.get_by_label("Security code").fill(card.security_code)
        return True

    def _number(self) -> Locator:
        return self._page.get_by_label("Card number")

    def _button(self) -> Locator:
        return self._page.get_by_role("button", name="Pay ")

    def _wait_for_outcome(self) -> None:
        wait_for_answer(self._page, self._page.get_by_role("heading", name="History"))
