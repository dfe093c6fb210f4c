"""The confirmation of an order, and the list of a customer's orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ..money import Money


class OrderPage:
    """One order, as confirmed to its customer."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def expect_confirmed(self, total: Money) -> None:
        """The page thanks for the order and shows its total."""
        main = self._page.get_by_role("main")
        expect(main).to_contain_text("Thank you")
        expect(main.get_by_role("row", name="Total")).to_contain_text(str(total))


class OrdersPage:
    """All orders of a customer."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def visit(self) -> None:
        """Open the list."""
        self._page.goto(f"{self._shop_url}/orders")

    def expect_totals(self, totals: list[Money]) -> None:
        """The orders are worth that much, the newest first."""
        expect(self._page.get_by_role("main").get_by_role("article")).to_contain_text([str(total) for total in totals])
