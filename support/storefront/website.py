"""The website: a customer's browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from .pages import AccountPage, OrderPage, OrdersPage, ShelfPage
from .shop import FRONT, shop

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ..world import World
    from .money import Money
    from .people import Person


@dataclass(frozen=True)
class Website:
    """Every action is what a hand does on a page; every expectation is what an eye sees there."""

    def enter(self, world: World) -> None:
        """Open the shop's first page."""
        _shelf(world).visit()

    def open_account(self, world: World, person: Person) -> None:
        """Fill in and send the registration."""
        _account(world).register(person)

    def sign_in(self, world: World, person: Person) -> None:
        """Fill in and send the sign-in form."""
        _account(world).sign_in(person)

    def sign_out(self, world: World) -> None:
        """Press the button in the banner."""
        _account(world).sign_out()

    def order(self, world: World, product: str, pieces: int) -> None:
        """Order from the shelf."""
        _shelf(world).visit()
        _shelf(world).order(product, pieces)

    def order_twice(self, world: World, product: str, pieces: int) -> None:
        """Order from the shelf with a double click."""
        _shelf(world).visit()
        _shelf(world).order_twice(product, pieces)

    def expect_product(self, world: World, product: str, price: Money) -> None:
        """The product stands on the shelf."""
        _shelf(world).expect_product(product, price)

    def expect_signed_in(self, world: World, person: Person) -> None:
        """The banner greets the person."""
        _account(world).expect_signed_in(person)

    def expect_signed_out(self, world: World) -> None:
        """The banner offers to sign in."""
        _account(world).expect_signed_out()

    def expect_asked_to_sign_in(self, world: World) -> None:
        """The sign-in form is shown in place of what was asked for."""
        _account(world).expect_asked_to_sign_in()

    def expect_told(self, world: World, words: str) -> None:
        """An alert says the words."""
        expect(_page(world).get_by_role("alert")).to_contain_text(words)

    def expect_order(self, world: World, total: Money) -> None:
        """The order is confirmed on the page."""
        OrderPage(_page(world)).expect_confirmed(total)

    def expect_orders(self, world: World, totals: list[Money]) -> None:
        """The list of orders has them."""
        orders = OrdersPage(_page(world), _shop_url(world))
        orders.visit()
        orders.expect_totals(totals)


def _page(world: World) -> Page:
    return world.browser().page


def _shop_url(world: World) -> str:
    return f"{world.address(FRONT)}/shops/{shop(world)}"


def _account(world: World) -> AccountPage:
    return AccountPage(_page(world), _shop_url(world))


def _shelf(world: World) -> ShelfPage:
    return ShelfPage(_page(world), _shop_url(world))
