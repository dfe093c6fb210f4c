"""The browser window through which the website is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..shop import FRONT, shop

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ...world import World


def page(world: World) -> Page:
    """What the window shows."""
    return world.browser().page


def shop_url(world: World) -> str:
    """Where the website of the scenario's shop begins."""
    return f"{world.address(FRONT)}/shops/{shop(world)}"
