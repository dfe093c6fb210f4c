"""The shop's goods and the basket on the website."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..pages import BasketPage, ShelfPage
from .window import page, shop_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...world import World
    from ..basket import BasketLine
    from ..money import Money


class WebsiteShopping:
    """Looking at the shelf, and filling the basket from it."""

    def enter(self, world: World) -> None:
        """Open the shop's first page."""
        shelf(world).visit()

    def expect_product(self, world: World, product: str, price: Money) -> None:
        """The product stands on the shelf."""
        shelf(world).expect_product(product, price)

    def expect_notice(self, world: World, product: str, words: str) -> None:
        """The product's card has the notice."""
        shelf(world).expect_notice(product, words)

    def expect_offered(self, world: World, product: str, *, offered: bool) -> None:
        """The product's card has buttons, or none."""
        shelf(world).expect_offered(product, offered=offered)

    def expect_not_at_once(self, world: World, product: str) -> None:
        """The product's card has no button to buy it now."""
        shelf(world).expect_not_at_once(product)

    def put(self, world: World, product: str, pieces: int) -> None:
        """Add it from the shelf."""
        shelf(world).visit()
        shelf(world).put_into_basket(product, pieces)

    def change(self, world: World, product: str, pieces: int) -> None:
        """Enter another number in the basket."""
        _opened(world).change(product, pieces)

    def take_out(self, world: World, product: str) -> None:
        """Remove it in the basket."""
        _opened(world).take_out(product)

    def expect_basket(self, world: World, lines: Sequence[BasketLine]) -> None:
        """The basket is opened anew."""
        _opened(world).expect_lines(lines)

    def expect_holds(self, world: World, product: str, pieces: int) -> None:
        """The basket is opened anew."""
        _opened(world).expect_holds(product, pieces)

    def expect_worth(self, world: World, worth: Money) -> None:
        """The basket is opened anew."""
        _opened(world).expect_worth(worth)


def shelf(world: World) -> ShelfPage:
    """The shop's first page."""
    return ShelfPage(page(world), shop_url(world))


def basket(world: World) -> BasketPage:
    """The basket's page."""
    return BasketPage(page(world), shop_url(world))


def _opened(world: World) -> BasketPage:
    basket(world).visit()
    return basket(world)
