"""The parts of the shop on the website."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from .window import page, shop_url

if TYPE_CHECKING:
    from ...world import World
    from ..rooms import Room


class WebsiteRooms:
    """Each room is a page."""

    def go(self, world: World, room: Room) -> None:
        """Open the page."""
        page(world).goto(f"{shop_url(world)}{room.page}")

    def ask_for_order(self, world: World, order_id: str) -> None:
        """Open the page of one order by its address."""
        page(world).goto(f"{shop_url(world)}/orders/{order_id}")

    def expect_inside(self, world: World, room: Room) -> None:
        """The page says by its heading that it is that room."""
        expect(page(world).get_by_role("heading", level=1)).to_have_text(room.heading)

    def expect_words(self, world: World, words: str) -> None:
        """A reader sees the words on the page."""
        expect(page(world).get_by_role("main")).to_contain_text(words)
