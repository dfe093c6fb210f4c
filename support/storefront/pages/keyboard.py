"""The keyboard as the only way to use a page: Tab leads to each control, letters fill it, Enter presses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_MOST_TABS: Final = 30


def type_into(page: Page, control: Locator, text: str) -> None:
    """Go to a control, and write in place of what is in it."""
    _tab_to(page, control)
    page.keyboard.type(text)


def press(page: Page, control: Locator) -> None:
    """Go to a control and press it."""
    _tab_to(page, control)
    page.keyboard.press("Enter")


def _tab_to(page: Page, control: Locator) -> None:
    """Press Tab until the control has the focus."""
    expect(control).to_be_visible()
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if control.evaluate("control => control === document.activeElement"):
            return
    expect(control).to_be_focused()
