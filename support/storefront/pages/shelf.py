"""The shop's goods, each with its price, what is left of it, and the ways to buy it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from .answers import wait_for_answer
from .keyboard import press, type_into

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from ..money import Money

_ANY_NOTICE: Final = re.compile(r"\bleft\b|sold out", re.IGNORECASE)


class ShelfPage:
    """What the shop sells."""

    def __init__(self, page: Page, shop_url: str) -> None:
        self._page, self._shop_url = page, shop_url

    def visit(self) -> None:
        """Enter the shop."""
        self._page.goto(f"{self._shop_url}/")

    def put_into_basket(self, product: str, pieces: int) -> None:
        """Choose a quantity and add it to the basket."""
        self._choose(product, pieces)
        self._button(f"Add {product} to basket").click()
        wait_for_answer(self._page)

    def buy(self, product: str, pieces: int) -> None:
        """Choose a quantity and go on to paying for it."""
        self._choose(product, pieces)
        self._button(f"Buy {product} now").click()

    def buy_by_keyboard(self, product: str, pieces: int) -> None:
        """Do the same without a mouse."""
        type_into(self._page, self._quantity(product), str(pieces))
        press(self._page, self._button(f"Buy {product} now"))

    def expect_product(self, product: str, price: Money) -> None:
        """The product stands on the shelf at that price."""
        expect(self._article(product)).to_contain_text(str(price))

    def expect_notice(self, product: str, words: str) -> None:
        """The product's card says that; "" is no notice of any kind."""
        if words:
            expect(self._article(product)).to_contain_text(words)
        else:
            expect(self._article(product)).to_be_visible()
            expect(self._article(product)).not_to_contain_text(_ANY_NOTICE)

    def expect_offered(self, product: str, *, offered: bool) -> None:
        """The product can be put into the basket, or in no way be bought."""
        expect(self._article(product)).to_be_visible()
        if offered:
            expect(self._button(f"Add {product} to basket")).to_be_visible()
        else:
            expect(self._article(product).get_by_role("button")).to_have_count(0)

    def expect_not_at_once(self, product: str) -> None:
        """Nothing leads from the product straight to paying."""
        expect(self._article(product)).to_be_visible()
        expect(self._button(f"Buy {product} now")).to_have_count(0)

    def _choose(self, product: str, pieces: int) -> None:
        self._quantity(product).fill(str(pieces))

    def _quantity(self, product: str) -> Locator:
        return self._page.get_by_label(f"Quantity of {product}", exact=True)

    def _button(self, name: str) -> Locator:
        return self._page.get_by_role("button", name=name, exact=True)

    def _article(self, product: str) -> Locator:
        return self._page.get_by_role("article", name=product, exact=True)
