"""What anybody can fetch from the shop, for scenarios that speak of the wire on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .app.exchange import THE_ANSWER
from .shop import FRONT, shop

if TYPE_CHECKING:
    from ..world import World

RESOURCES: Final = {
    "the first page": "/shops/{shop}/",
    "a page that does not exist": "/shops/{shop}/no-such-page",
    "the list of products": "/catalogue/v1/shops/{shop}/products",
    "the session, which she has not begun": "/accounts/v1/shops/{shop}/sessions/current",
    "the orders, which are not hers": "/orders/v2/shops/{shop}/orders",
    "the sales, which are not hers": "/reporting/v1/shops/{shop}/sales",
}
"""Words for them, by their paths."""


def fetch(world: World, path: str) -> None:
    """Fetch it as a visitor."""
    world.notes[THE_ANSWER] = world.http(FRONT).get(path.replace("{shop}", shop(world)))


def expect_header(world: World, header: str, value: str) -> None:
    """The last answer has the header with that value."""
    answer = world.notes[THE_ANSWER]
    found = answer.headers.get(header, "nothing")
    assert found == value, f"expected {header}: {value}, found {found}"
