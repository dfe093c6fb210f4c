"""Units that may not run beside just any other: those that bar the same are looked at as one, however many wait."""

from __future__ import annotations

from bisect import insort
from collections import deque
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ._plan import Unit


class Apart:
    """Queues of units, one for all that bar and are barred alike; whose head `rank` puts lowest is asked first."""

    def __init__(self, rank: Callable[[Unit], float]) -> None:
        self._by_head: Callable[[deque[Unit]], float] = lambda queue: rank(queue[0])
        self._queues: dict[object, deque[Unit]] = {}
        self._ordered: list[deque[Unit]] = []

    def __bool__(self) -> bool:
        """Whether any unit waits."""
        return bool(self._ordered)

    def __iter__(self) -> Iterator[Unit]:
        """All that wait."""
        return chain.from_iterable(self._ordered)

    def add(self, unit: Unit) -> None:
        """A unit waits, behind those of its like."""
        if (queue := self._queues.get(_bars(unit))) is not None:
            queue.append(unit)
        else:
            queue = self._queues[_bars(unit)] = deque([unit])
            insort(self._ordered, queue, key=self._by_head)

    def add_first(self, unit: Unit) -> None:
        """A unit waits, before those of its like."""
        self.add(unit)
        self._queues[_bars(unit)].rotate()
        self._ordered.sort(key=self._by_head)

    def take(self, is_free: Callable[[Unit], bool], may_begin: Callable[[Unit], bool]) -> Unit | None:
        """The first unit that may begin; what bars one of a kind bars all, and one of them is asked for that."""
        for place, queue in enumerate(self._ordered):
            if is_free(queue[0]) and (unit := next(filter(may_begin, queue), None)) is not None:
                queue.remove(unit)
                del self._ordered[place]
                if queue:
                    insort(self._ordered, queue, key=self._by_head)
                else:
                    del self._queues[_bars(unit)]
                return unit
        return None


def _bars(unit: Unit) -> object:
    return unit.exclusive, unit.writes, unit.reads
