"""What a worker is given to do: so much in advance that it need not wait for our answer, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ._plan import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ._plan import Unit
    from ._process import Worker
    from ._schedule import Schedule

_AHEAD: Final = 0.03
"""Seconds of work that a worker is given beside what it does."""
_MOST_AHEAD: Final = 64
_SHARE: Final = 2
"""Nobody is given more than this part of an equal share of what is left: what nobody knows may be long after all."""
_MANY: Final = 4
"""Who has so many short ones to do gets more when half are done."""


def units_for(worker: Worker, schedule: Schedule, open_elsewhere: Sequence[Any], jobs: int) -> list[Unit]:
    """Units of the schedule that are the worker's from now on; none if it has enough, or if none may begin.

    `open_elsewhere` are the features that its fellows have open, `jobs` is how many of them there are in all.
    """
    units: list[Unit] = []
    room, most = _AHEAD, min(_MOST_AHEAD, len(schedule) // (_SHARE * jobs))
    if len(worker.units) <= worker.enough:
        room -= sum(_expected(worker, unit) for unit in worker.units)
    while _has_room(worker, units, room, most):
        unit = schedule.pick(worker.near, open_elsewhere, [*worker.units, *units])
        if unit is None:
            break
        units.append(unit)
        room -= _expected(worker, unit)
        worker.near = unit.feature
    if units:
        worker.units += units
        worker.enough = len(worker.units) // 2 if len(worker.units) >= _MANY else len(worker.units)
    return units


def _has_room(worker: Worker, units: Sequence[Unit], room: float, most: int) -> bool:
    if not units and len(worker.units) > worker.enough:
        return False
    ahead = len(worker.units) + len(units)
    return not ahead or (ahead < most and room > 0)


def _expected(worker: Worker, unit: Unit) -> float:
    """Seconds; if what its worker did of late took longer than it had before, so will this."""
    return max(worker.pace * len(unit.items), 0.0 if unit.seconds == UNKNOWN else unit.seconds)
