"""How a page tells that it has done what was asked, or has not: the next step must not overtake it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_SAYS_SOMETHING: Final = re.compile(r"\S")
_PATIENCE: Final = 10_000  # milliseconds; a bank may take its time


def wait_for_answer(page: Page, *signs: Locator) -> None:
    """Wait until the page says that it is done, that it is not, or shows one of the signs."""
    answer = page.get_by_role("status").filter(has_text=_SAYS_SOMETHING).or_(page.get_by_role("alert"))
    for sign in signs:
        answer = answer.or_(sign)
    expect(answer.first).to_be_visible(timeout=_PATIENCE)
