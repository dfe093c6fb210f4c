"""One order of a customer, and the list of all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from ..states import STATES
from .answers import wait_for_answer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import Locator, Page

    from ..money import Money


class OrderPage:
    """One order, as its customer sees it."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def visit(self, order_id: str) -> None:
        """Open the order."""
        self._page.goto(f"{self._shop_url}/orders/{order_id}")

    def cancel(self) -> None:
        """Press the button."""
        self._cancel_button().click()
        wait_for_answer(self._page)

    def expect_confirmed(self, total: Money) -> None:
        """The page thanks for the order, says that it is confirmed, and shows its total."""
        main = self._page.get_by_role("main")
        expect(main).to_contain_text("Thank you")
        expect(main).to_contain_text("Your order is confirmed")
        expect(main.get_by_role("row", name="Total")).to_contain_text(str(total))

    def expect_waiting(self) -> None:
        """The page says that the bank has not answered yet, and that a mail will come."""
        main = self._page.get_by_role("main")
        expect(main).to_contain_text("We are still waiting for the bank.")
        expect(main).to_contain_text("You will get an e-mail.")

    def expect_state(self, state: str) -> None:
        """The last entry of the order's history is that state."""
        history = self._page.get_by_role("list", name="History").get_by_role("listitem")
        expect(history.last).to_contain_text(STATES[state].capitalize())

    def expect_no_cancelling(self) -> None:
        """The order is shown without a button that cancels it."""
        expect(self._page.get_by_role("heading", name="History")).to_be_visible()
        expect(self._cancel_button()).to_have_count(0)

    def _cancel_button(self) -> Locator:
        return self._page.get_by_role("button", name="Cancel order")


class OrdersPage:
    """All orders of a customer."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def visit(self) -> None:
        """Open the list."""
        self._page.goto(f"{self._shop_url}/orders")

    def expect_totals(self, totals: Sequence[Money]) -> None:
        """The orders are worth that much, the newest first."""
        expect(self._page.get_by_role("main").get_by_role("article")).to_contain_text([str(total) for total in totals])
