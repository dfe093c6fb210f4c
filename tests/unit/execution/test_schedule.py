"""Which of the scenarios that wait runs next, beside which others."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from support.execution.parallel._plan import Item, Unit
from support.execution.parallel._schedule import Schedule

DATABASE = frozenset({"database"})


def unit(number: int, seconds: float = 1.0, feature: object = None, **needs: object) -> Unit:
    """A scenario that was known to take so long, and its locks."""
    return Unit([Item(number, str(number), SimpleNamespace(), (feature,), seconds=seconds, **needs)])  # type: ignore[arg-type]


def schedule_of(*units: Unit, as_given: bool = False) -> Schedule:
    """Nothing else is in the way."""
    return Schedule(units, first=frozenset(), gate=str, as_given=as_given)


def test_one_lock_keeps_other_workers_away_but_not_who_holds_it() -> None:
    """A worker runs what it is given one after the other, and need not be asked again after each."""
    first, second, third = (unit(number, writes=DATABASE) for number in range(3))
    schedule = schedule_of(first, second, third)
    assert schedule.pick(None, ()) is first
    assert schedule.pick(None, ()) is None
    assert schedule.pick(None, (), [first]) is second
    schedule.ended(first)
    assert schedule.pick(None, ()) is None
    schedule.ended(second)
    assert schedule.pick(None, ()) is third


@pytest.mark.parametrize(("as_given", "order"), [(False, [1, 2, 0]), (True, [0, 1, 2])])
def test_of_scenarios_with_locks_the_longest_runs_first(*, as_given: bool, order: list[int]) -> None:
    """Whatever they lock; or, in a random order, the one that comes first in it."""
    bank = frozenset({"bank"})
    units = [unit(0, 1, reads=DATABASE), unit(1, 3, reads=bank), unit(2, 2, reads=DATABASE)]
    schedule = schedule_of(*units, as_given=as_given)
    assert [schedule.pick(None, ()) for _ in units] == [units[number] for number in order]


def test_what_locks_and_was_repeated_runs_before_others_of_its_like() -> None:
    """As what locks nothing does; and what is dropped is waited for no longer."""
    first, second = (unit(number, writes=DATABASE) for number in range(2))
    schedule = schedule_of(first, second)
    schedule.pick(None, ())
    schedule.ended(first)
    schedule.again(first)
    assert schedule.pick(None, ()) is first
    schedule.ended(first)
    assert [each.number for each in schedule.drop(lambda _: True)] == [1]
    assert not schedule


def test_what_one_lock_keeps_waiting_is_not_looked_at_one_by_one() -> None:
    """Each of the others that have nothing to do asks for one, twenty times a second."""
    asked = []

    class Counted(Unit):
        def bars(self, other: Unit) -> bool:
            asked.append(other)
            return super().bars(other)

    item = unit(0, writes=DATABASE).items[0]
    schedule = schedule_of(*(Counted([item]) for _ in range(1000)))
    for _ in range(10):
        schedule.pick(None, ())
    assert len(asked) <= 10


def test_a_worker_stays_in_its_feature_also_for_what_takes_no_time() -> None:
    """Seconds are kept to the millisecond; it is not worth the hooks of another feature to begin its longest."""
    here, there = "here", "there"
    units = [unit(0, 0.0, here), unit(1, 0.1, there), unit(2, 0.0, here)]
    assert schedule_of(*units).pick(here, ()) is units[0]


def test_what_is_repeated_runs_beside_others_though_some_are_dropped() -> None:
    """Only another attempt at what failed is alone, and stays so."""
    running, repeated, retried = (unit(number) for number in range(3))
    repeated.attempt, retried.attempt, retried.alone = 2, 2, True
    schedule = schedule_of(running, unit(3))
    schedule.pick(None, ())
    schedule.again(repeated)
    schedule.again(retried)
    schedule.drop(lambda item: item.number == 3)
    assert schedule.pick(None, ()) is repeated
    assert schedule.pick(None, ()) is None
    schedule.ended(running)
    schedule.ended(repeated)
    assert schedule.pick(None, ()) is retried


def test_how_many_wait_is_known_whatever_becomes_of_them() -> None:
    """Whether picked, run again, dropped or run once more at the end."""
    units = [unit(0), unit(1, writes=DATABASE), unit(2)]
    schedule = schedule_of(*units)
    assert len(schedule) == 3
    picked = schedule.pick(None, ())
    assert (picked, len(schedule)) == (units[1], 2)
    schedule.ended(units[1])
    schedule.again(units[1])
    schedule.again(Unit(units[1].items, alone=True))
    assert len(schedule) == 4
    schedule.drop(lambda item: item.number == 1)
    assert len(schedule) == 2
    assert [schedule.pick(None, ()) for _ in range(3)] == [units[0], units[2], None]
    assert not schedule
