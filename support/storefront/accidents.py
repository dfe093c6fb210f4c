"""What can go wrong between departments, in business words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ..world import World

DESKS: Final = {
    "accounts desk": "accounts",
    "order desk": "orders",
    "front desk": "web",
}
"""Words for the services, by their names in system.toml."""


def unreachable(world: World, caller: str, callee: str) -> None:
    """Let one department not reach another, for this scenario alone and until it ends."""
    world.faults().unreachable(world.identity, caller=caller, callee=callee)
