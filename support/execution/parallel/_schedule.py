"""Which unit runs next: the longest first, near what a worker has open, and never beside one that bars it."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Any, Final

from ._plan import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ._plan import Item, Unit

_SHORT: Final = 0.2
"""Seconds that are too few to be worth leaving a feature for."""
_NEAR: Final = 0.5
"""A unit of the open feature is as good as the longest if it takes this share of it."""


class Schedule:
    """The units that have not begun, and those that run.

    `first` are the numbers of the scenarios that run before all others, which `gate` then lets pass (its answer is why
    not); `closed` says why nothing at all may begin. With `as_given`, the order is the one of the units.
    """

    def __init__(
        self,
        units: Iterable[Unit],
        *,
        first: frozenset[int],
        gate: Callable[[], str],
        closed: Callable[[], str] = str,
        as_given: bool = False,
    ) -> None:
        self._first, self._gate, self._closed, self._as_given = set(first), gate, closed, as_given
        self._waiting: dict[int, deque[Unit]] = {}
        self._apart: list[Unit] = []
        self._running: list[Unit] = []
        self._last: deque[Unit] = deque()
        self._most = 0.0  # nothing that waits takes longer
        for unit in units:
            self._add(unit)
        if not as_given:
            for queue in self._waiting.values():
                ordered = sorted(queue, key=_longest)
                queue.clear()
                queue.extend(ordered)
            self._apart.sort(key=_longest)

    def __bool__(self) -> bool:
        """Whether any unit has not begun."""
        return bool(self._waiting or self._apart or self._last)

    def pick(self, near: Any, open_elsewhere: Iterable[Any]) -> Unit | None:  # noqa: ANN401 - a feature
        """The unit that a worker should begin which has the feature `near` open; None if none may run now."""
        if self._closed() or any(each.exclusive for each in self._running):
            return None
        unit = (
            self._pick_apart(exclusive=False)
            or self._pick_near(near, open_elsewhere)
            or self._pick_apart(exclusive=True)
            or self._pick_last()
        )
        if unit is not None:
            self._running.append(unit)
        return unit

    def ended(self, unit: Unit) -> None:
        """A unit runs no more."""
        self._running = [each for each in self._running if each is not unit]

    def why_held(self) -> str:
        """Why nothing but what comes first may begin; empty if nothing but that itself is in the way."""
        return self._gate()

    def over(self, number: int) -> None:
        """A scenario has ended for good: if it is one of the first, the others wait for it no longer."""
        self._first.discard(number)

    def again(self, unit: Unit, *, alone: bool) -> None:
        """A unit that has ended is to run once more: before the others, or after all of them and `alone`."""
        if alone:
            self._last.append(unit)
        elif unit.exclusive or unit.writes or unit.reads:
            self._apart.insert(0, unit)
        else:
            self._most = max(self._most, unit.seconds)
            self._waiting.setdefault(id(unit.feature), deque()).appendleft(unit)

    def drop(self, wanted: Callable[[Item], bool]) -> list[Item]:
        """Take items out that are not to run; they are returned."""
        units = self._all()
        self._waiting, self._apart, self._last = {}, [], deque()
        gone = list[Any]()
        for unit in units:
            gone += unit.leave_out(wanted)
            if left := unit if unit.items else unit.again() if unit.repeated else None:
                self._add(left) if left.attempt == 1 else self._last.append(left)
        self._first.difference_update(each.number for each in gone)
        return gone

    def _all(self) -> Sequence[Unit]:
        return [unit for queue in self._waiting.values() for unit in queue] + self._apart + list(self._last)

    def _add(self, unit: Unit) -> None:
        if unit.exclusive or unit.writes or unit.reads:
            self._apart.append(unit)
        else:
            self._most = max(self._most, unit.seconds)
            self._waiting.setdefault(id(unit.feature), deque()).append(unit)

    def _is_first(self, unit: Unit) -> bool:
        return bool(self._first) and any(each.number in self._first for each in unit.items)

    def _held_back(self) -> bool:
        """Whether only what comes first may begin: it is not over, or it went badly."""
        return bool(self._first or self._gate())

    def _pick_apart(self, *, exclusive: bool) -> Unit | None:
        """One with locks that nothing bars; what must be alone runs when nothing else can."""
        if not self._apart or (exclusive and self._running):
            return None
        held = self._held_back()
        for unit in self._apart:
            fits = unit.exclusive is exclusive and (self._is_first(unit) or not held)
            if fits and not any(unit.bars(each) for each in self._running):
                self._apart.remove(unit)
                return unit
        return None

    def _pick_near(self, near: Any, open_elsewhere: Iterable[Any]) -> Unit | None:  # noqa: ANN401 - a feature
        queues = self._queues()
        if not queues:
            return None
        key = self._best(queues, near, {id(each) for each in open_elsewhere})
        unit = queues[key].popleft()
        if queues is not self._waiting:
            self._waiting[key].remove(unit)
        if not self._waiting[key]:
            del self._waiting[key]
        return unit

    def _queues(self) -> dict[int, deque[Unit]]:
        """What may begin, by feature."""
        if not self._waiting or not self._held_back():
            return self._waiting
        first = {key: deque(filter(self._is_first, queue)) for key, queue in self._waiting.items()}
        return {key: queue for key, queue in first.items() if queue}

    def _best(self, queues: dict[int, deque[Unit]], near: Any, elsewhere: set[int]) -> int:  # noqa: ANN401
        if self._as_given:
            return next(iter(queues))
        here = queues[id(near)][0].seconds if id(near) in queues else 0.0
        if here == UNKNOWN:
            return id(near)
        if self._is_worth_staying(here, self._most):
            return id(near)
        longest = max(queues, key=lambda key: (queues[key][0].seconds, key not in elsewhere))
        there = queues[longest][0].seconds
        if queues is self._waiting:
            self._most = there
        return id(near) if self._is_worth_staying(here, there) else longest

    def _is_worth_staying(self, here: float, there: float) -> bool:
        return bool(here) and (there < _SHORT or here >= _NEAR * there)

    def _pick_last(self) -> Unit | None:
        """Another attempt: when nothing else runs or is to run; of what comes first, when nothing else of that is."""
        if self._running or (not self._first and (self._apart or self._waiting or self._gate())):
            return None
        unit = next((each for each in self._last if not self._first or self._is_first(each)), None)
        if unit is not None:
            self._last.remove(unit)
        return unit


def _longest(unit: Unit) -> float:
    return -unit.seconds
