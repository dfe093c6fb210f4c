"""The back office: the orders of all customers, and what was sold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from ..money import Money
from ..sales import DaySales, read_day
from .answers import wait_for_answer

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from ..sales import Days

_MINUS: Final = "\N{MINUS SIGN}"


class OfficeOrdersPage:
    """The orders of all customers, with what may be done about each."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def visit(self) -> None:
        """Open the list."""
        self._page.goto(f"{self._shop_url}/office/orders")

    def change(self, button: str, number: str) -> None:
        """Press the button of one order."""
        self._page.get_by_role("button", name=f"{button} order {number}", exact=True).click()
        wait_for_answer(self._page)


class OfficeProductsPage:
    """What the shop sells, to be changed by its owner."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def visit(self) -> None:
        """Open the list."""
        self._page.goto(f"{self._shop_url}/office/products")

    def enter(self, product: str, label: str, value: str) -> None:
        """Enter another price or stock of a product, and save it."""
        self._page.get_by_label(f"{label} of {product}", exact=True).fill(value)
        self._page.get_by_role("button", name=f"Save {product}", exact=True).click()
        wait_for_answer(self._page)


class SalesPage:
    """What was sold, cancelled and refunded, day by day."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def visit(self) -> None:
        """Open the report."""
        self._page.goto(f"{self._shop_url}/office/sales")

    def choose(self, days: Days) -> None:
        """Ask for other days, if the page may be seen at all."""
        if self._page.get_by_label("From").is_visible():
            self._page.get_by_label("From").fill(str(days.first))
            self._page.get_by_label("To", exact=True).fill(str(days.last))
            self._page.get_by_role("button", name="Show").click()
            expect(self._page).to_have_url(re.compile(re.escape(days.as_query())))

    def days(self) -> list[DaySales]:
        """What the report shows."""
        expect(self._page.get_by_role("heading", level=1)).to_have_text("Sales")
        rows = self._page.get_by_role("row").filter(has=self._page.get_by_role("time"))
        return [_day(row) for row in rows.all()]

    def list_address(self) -> str:
        """Where the list for the bookkeeper is."""
        return str(self._page.get_by_role("link", name="Download CSV").evaluate("link => link.href"))


def _day(row: Locator) -> DaySales:
    orders, *sums = row.get_by_role("cell").all_inner_texts()
    sold, cancelled, refunded, remains = (_amount(text) for text in sums)
    day = read_day(row.get_by_role("rowheader").inner_text())
    return DaySales(day, int(orders), sold, _without_sign(cancelled), _without_sign(refunded), remains)


def _amount(text: str) -> Money:
    """The amount of a cell, which may say in brackets how many orders it is of."""
    return Money.read(text.partition("(")[0].strip().replace(_MINUS, "-"))


def _without_sign(amount: Money) -> Money:
    return Money(abs(amount.minor), amount.currency)
