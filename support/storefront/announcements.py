"""What departments tell each other through the broker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core import eventually
from .shop import shop
from .stores import announcements

if TYPE_CHECKING:
    from ..world import World


def expect_announced(world: World, event: str, times: int) -> None:
    """Within ten seconds the event was announced exactly so often for the scenario's shop."""

    def check() -> None:
        found = announcements(world).published(f"storefront.{shop(world)}.{event}")
        assert len(found) == times, f"expected {event} announced {times} times, found {len(found)}"

    eventually(check)
