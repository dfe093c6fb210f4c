"""The shop's goods, each with its price and a button to order it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from ..money import Money


class ShelfPage:
    """What the shop sells."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def visit(self) -> None:
        """Enter the shop."""
        self._page.goto(f"{self._shop_url}/")

    def order(self, product: str, pieces: int) -> None:
        """Choose a quantity and press the button once."""
        self._chosen(product, pieces).click()

    def order_twice(self, product: str, pieces: int) -> None:
        """Choose a quantity and press the button twice, as fast as a finger can."""
        self._chosen(product, pieces).dblclick()

    def expect_product(self, product: str, price: Money) -> None:
        """The product stands on the shelf at that price."""
        expect(self._page.get_by_role("article", name=product)).to_contain_text(str(price))

    def _chosen(self, product: str, pieces: int) -> Locator:
        """The product's order button, its quantity filled in."""
        self._page.get_by_label(f"Quantity of {product}").fill(str(pieces))
        return self._page.get_by_role("button", name=f"Order {product}")
