"""Placing orders on the website, and finding them again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..cards import at_hand
from ..pages import CheckoutPage, OrderPage, OrdersPage
from .shopping import basket, shelf
from .window import page, shop_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ...world import World
    from ..cards import Card
    from ..money import Money


class WebsiteOrdering:
    """Buying from the shelf or the basket, and reading what the shop says of it."""

    def choose(self, world: World, product: str, pieces: int) -> None:
        """Go from the shelf straight to paying."""
        shelf(world).visit()
        shelf(world).buy(product, pieces)
        CheckoutPage(page(world)).wait_until_open()

    def choose_basket(self, world: World) -> None:
        """Go from the basket to paying."""
        basket(world).visit()
        basket(world).check_out()

    def pay(self, world: World, card: Card) -> None:
        """Fill in the card and pay."""
        CheckoutPage(page(world)).pay(at_hand(world, card))

    def pay_twice(self, world: World, card: Card) -> None:
        """Fill in the card and pay with a double click."""
        CheckoutPage(page(world)).pay_twice(at_hand(world, card))

    def order_by_keyboard(self, world: World, product: str, pieces: int, card: Card) -> None:
        """Go from the shelf straight to paying, and pay, without a mouse."""
        with world.action(f"choose {pieces} {product} by keyboard"):
            shelf(world).visit()
            shelf(world).buy_by_keyboard(product, pieces)
        with world.action(f"pay with {card} by keyboard"):
            CheckoutPage(page(world)).pay_by_keyboard(at_hand(world, card))

    def expect_order(self, world: World, total: Money) -> None:
        """The order is confirmed on the page."""
        _order(world).expect_confirmed(total)

    def expect_waiting(self, world: World) -> None:
        """The page says that the shop waits for the bank."""
        _order(world).expect_waiting()

    def expect_orders(self, world: World, totals: Sequence[Money]) -> None:
        """The list of orders has them."""
        orders = OrdersPage(page(world), shop_url(world))
        orders.visit()
        orders.expect_totals(totals)

    def look_at(self, world: World, order_id: str) -> None:
        """Open the order's page."""
        _order(world).visit(order_id)

    def expect_state(self, world: World, state: str) -> None:
        """The order's page says so."""
        _order(world).expect_state(state)

    def cancel(self, world: World, order_id: str) -> None:
        """Press the button on the order's page."""
        self.look_at(world, order_id)
        _order(world).cancel()

    def expect_no_cancelling(self, world: World) -> None:
        """The order's page has no such button."""
        _order(world).expect_no_cancelling()


def _order(world: World) -> OrderPage:
    return OrderPage(page(world), shop_url(world))
