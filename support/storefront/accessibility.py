"""That everybody can use the website, however they see, hear or move."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..world import World


def expect_usable(world: World) -> None:
    """What the window shows has no serious fault of that kind."""
    found = world.browser().accessibility()
    assert not found, "\n".join(["expected that everybody can use what is shown, found", *map(str, found)])
