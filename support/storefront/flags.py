"""What a shop offers or not: switches that each shop has for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .shop import as_operator, shop

if TYPE_CHECKING:
    from ..world import World

OFFERS: Final = {
    "express checkout": "express-checkout",
    "self-cancelling": "self-cancelling",
    "a low-stock notice": "low-stock-notice",
}
"""Words for the flags, by their names on the platform."""


def offer(world: World, flag: str, *, on: bool) -> None:
    """Let the scenario's shop offer something, or no longer."""
    as_operator(world, "PUT", f"/accounts/v1/shops/{shop(world)}/flags/{flag}", {"on": on})
