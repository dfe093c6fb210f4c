"""What can go wrong between departments, in business words."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from ..core import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..faults import MeshFault
    from ..world import World

DESKS: Final = {
    "accounts desk": "accounts",
    "stock room": "catalogue",
    "order desk": "orders",
    "payment desk": "payments",
    "bank": "bank",
    "reporting desk": "reporting",
    "mail room": "notifications",
    "front desk": "web",
}
"""Words for the services, by their names in system.toml."""

_WORDS: Final = {part: f"the {words}" for words, part in DESKS.items()}
_TOO_LATE: Final = 5.0  # seconds; no department waits for another that long


def in_words(part: str) -> str:
    """What a service is called in features, such as "the order desk"."""
    return _WORDS.get(part, part)


def unreachable(world: World, caller: str, callee: str) -> None:
    """Let one department not reach another, for this scenario alone and until it ends or that is reached again."""
    world.notes[_cut_off(callee)] = world.faults().unreachable(world.identity, caller=caller, callee=callee)


def reachable(world: World, callee: str) -> None:
    """Let a department be reached again that could not be."""
    world.notes[_cut_off(callee)].heal()


@contextmanager
def out_of_reach(world: World, caller: str, callee: str) -> Iterator[None]:
    """Let one department not reach another for a while."""
    with world.action(f"meanwhile {in_words(caller)} cannot reach {in_words(callee)}"):
        accident = world.faults().unreachable(world.identity, caller=caller, callee=callee)
        try:
            yield
        finally:
            accident.heal()


def too_late(world: World, caller: str, callee: str) -> None:
    """Let one request reach a department only when nobody waits for the answer any more."""
    world.faults().slow(world.identity, caller=caller, callee=callee, seconds=_TOO_LATE, times=1)


def _cut_off(callee: str) -> Note[MeshFault]:
    return Note(f"that {callee} cannot be reached")
