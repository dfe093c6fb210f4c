"""Which unit runs next: the longest first, near what a worker has open, and never beside one that bars it."""

from __future__ import annotations

from collections import deque
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from ._apart import Apart
from ._plan import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ._plan import Item, Unit

_SHORT: Final = 0.2
"""Seconds that are too few to be worth leaving a feature for."""
_NEAR: Final = 0.5
"""A unit of the open feature is as good as the longest if it takes this share of it."""
_NOTHING: Final = -1.0
"""Seconds of a unit where there is none; one that is over at once has 0."""


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
        self._rank = _written if as_given else _longest
        self._apart = Apart(self._rank)
        self._running: dict[int, Unit] = {}
        self._barring: dict[int, Unit] = {}  # those of them that bar others
        self._last: deque[Unit] = deque()
        self._most = 0.0  # nothing that waits takes longer
        self._left = 0
        for unit in sorted(units, key=self._rank):
            self._add(unit)

    def __len__(self) -> int:
        """How many units have not begun."""
        return self._left

    def pick(
        self,
        near: Any,  # noqa: ANN401 - a feature
        open_elsewhere: Iterable[Any],
        own: Iterable[Unit] = (),
    ) -> Unit | None:
        """The unit that a worker should begin which has the feature `near` open; None if none may run now.

        `own` are those that it was given and has not ended: as it runs one after the other, they are in nobody's way.
        """
        if self._closed() or any(each.exclusive for each in self._barring.values()):
            return None
        unit = self._pick_apart(own) or self._pick_near(near, open_elsewhere) or self._pick_alone() or self._pick_last()
        if unit is not None:
            self._left -= 1
            self._running[id(unit)] = unit
            if unit.bars_some:
                self._barring[id(unit)] = unit
        return unit

    def ended(self, unit: Unit) -> None:
        """A unit runs no more."""
        self._running.pop(id(unit), None)
        self._barring.pop(id(unit), None)

    def why_held(self) -> str:
        """Why nothing but what comes first may begin; empty if nothing but that itself is in the way."""
        return self._gate()

    def over(self, number: int) -> None:
        """A scenario has ended for good: if it is one of the first, the others wait for it no longer."""
        self._first.discard(number)

    def again(self, unit: Unit) -> None:
        """A unit that was picked before is to run once more: before the others, unless it runs alone."""
        self._left += 1
        if unit.alone:
            self._last.append(unit)
        elif unit.bars_some:
            self._apart.add_first(unit)
        else:
            self._most = max(self._most, unit.seconds)
            self._waiting.setdefault(id(unit.feature), deque()).appendleft(unit)

    def drop(self, wanted: Callable[[Item], bool]) -> list[Item]:
        """Take items out that are not to run; they are returned."""
        units = self._all()
        self._waiting, self._apart, self._last, self._left = {}, Apart(self._rank), deque(), 0
        gone = list[Any]()
        for unit in units:
            gone += unit.leave_out(wanted)
            if left := unit if unit.items else unit.again() if unit.repeated else None:
                self._add(left)
        self._first.difference_update(each.number for each in gone)
        return gone

    def _all(self) -> Sequence[Unit]:
        return [*chain.from_iterable(self._waiting.values()), *self._apart, *self._last]

    def _add(self, unit: Unit) -> None:
        self._left += 1
        if unit.alone:
            self._last.append(unit)
        elif unit.bars_some:
            self._apart.add(unit)
        else:
            self._most = max(self._most, unit.seconds)
            self._waiting.setdefault(id(unit.feature), deque()).append(unit)

    def _is_first(self, unit: Unit) -> bool:
        return bool(self._first) and any(each.number in self._first for each in unit.items)

    def _held_back(self) -> bool:
        """Whether only what comes first may begin: it is not over, or it went badly."""
        return bool(self._first or self._gate())

    def _pick_apart(self, own: Iterable[Unit]) -> Unit | None:
        """One with locks that nobody else holds."""
        if not self._apart:
            return None
        mine = set(map(id, own))
        barring = [each for key, each in self._barring.items() if key not in mine]
        return self._apart.take(lambda unit: not (unit.exclusive or any(map(unit.bars, barring))), self._may_begin())

    def _pick_alone(self) -> Unit | None:
        """What must be alone runs when nothing else can."""
        return None if self._running else self._apart.take(lambda unit: unit.exclusive, self._may_begin())

    def _may_begin(self) -> Callable[[Unit], bool]:
        return self._is_first if self._held_back() else lambda _unit: True

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
        here = queues[id(near)][0].seconds if id(near) in queues else _NOTHING
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
        return here != _NOTHING and (there < _SHORT or here >= _NEAR * there)

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


def _written(unit: Unit) -> float:
    return unit.items[0].number
