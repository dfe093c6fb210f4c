"""The back office on the website: what clerks and owners do on its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..pages import OfficeOrdersPage, OfficeProductsPage, SalesPage
from ..sales import read_list, told
from .window import page, shop_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...world import World
    from ..money import Money
    from ..sales import Days, DaySales
    from ..states import Deed


class WebsiteOffice:
    """Each deed is a button beside an order; the report is a page."""

    def change(self, world: World, deed: Deed, order_id: str, number: str) -> None:  # noqa: ARG002 - for the app
        """Press the button beside the order of that number."""
        orders = OfficeOrdersPage(page(world), shop_url(world))
        orders.visit()
        orders.change(deed.button, number)

    def reprice(self, world: World, product: str, price: Money) -> None:
        """Enter another price."""
        _products(world).enter(product, "Price", price.amount)

    def restock(self, world: World, product: str, pieces: int) -> None:
        """Enter another stock."""
        _products(world).enter(product, "New stock", str(pieces))

    def look_at_sales(self, world: World, days: Days) -> None:
        """Open the report and choose the days."""
        _sales(world).visit()
        _sales(world).choose(days)

    def expect_sales(self, world: World, sales: Sequence[DaySales]) -> None:
        """The page shows them."""
        found = _sales(world).days()
        assert found == list(sales), f"expected the report to show {told(sales)}; it shows {told(found)}"

    def expect_same_list(self, world: World) -> None:
        """The list is what the page's link leads to."""
        found = _sales(world).days()
        answer = world.browser().request("GET", _sales(world).list_address())
        assert answer.ok, f"expected the list, but the shop says {answer.status}"
        listed = read_list(answer.text())
        assert listed == found, f"expected the list to say {told(found)}; it says {told(listed)}"


def _products(world: World) -> OfficeProductsPage:
    products = OfficeProductsPage(page(world), shop_url(world))
    products.visit()
    return products


def _sales(world: World) -> SalesPage:
    return SalesPage(page(world), shop_url(world))
