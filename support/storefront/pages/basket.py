"""What a customer has put into her basket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from .answers import wait_for_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Locator, Page

    from ..basket import BasketLine
    from ..money import Money

_ANY_QUANTITY: Final = re.compile("^Quantity of ")


class BasketPage:
    """The basket, a row for each product."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def visit(self) -> None:
        """Open the basket."""
        self._page.goto(f"{self._shop_url}/basket")

    def change(self, product: str, pieces: int) -> None:
        """Enter another quantity."""
        self._quantity(product).fill(str(pieces))
        self._page.get_by_role("button", name=f"Update {product}", exact=True).click()
        wait_for_answer(self._page)

    def take_out(self, product: str) -> None:
        """Remove a product."""
        self._page.get_by_role("button", name=f"Remove {product}", exact=True).click()
        wait_for_answer(self._page)

    def check_out(self) -> None:
        """Go on to paying, where there is something to pay for."""
        button = self._page.get_by_role("button", name="Check out")
        if button.is_visible():
            button.click()

    def expect_lines(self, lines: Sequence[BasketLine]) -> None:
        """These products are in the basket and no other."""
        expect(self._page.get_by_label(_ANY_QUANTITY)).to_have_count(len(lines))
        for line in lines:
            self._expect_line(line)
        if not lines:
            expect(self._page.get_by_role("main")).to_contain_text("Your basket is empty.")

    def expect_holds(self, product: str, pieces: int) -> None:
        """So many pieces of the product are in the basket."""
        expect(self._quantity(product)).to_have_value(str(pieces))

    def expect_worth(self, worth: Money) -> None:
        """The total is that much."""
        expect(self._page.get_by_role("row", name="Total")).to_contain_text(str(worth))

    def _expect_line(self, line: BasketLine) -> None:
        self.expect_holds(line.product, line.pieces)
        row = self._page.get_by_role("row").filter(has=self._quantity(line.product))
        expect(row).to_contain_text(str(line.worth))
        if line.before:
            expect(row).to_contain_text(f"was {line.before}")
        else:
            expect(row).not_to_contain_text("was ")

    def _quantity(self, product: str) -> Locator:
        return self._page.get_by_label(f"Quantity of {product}", exact=True)
