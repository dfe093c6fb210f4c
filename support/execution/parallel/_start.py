"""Putting a conductor together: items, schedule, ledger and crew."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from behave.formatter.base import Formatter

from .._quick import end_without_collecting
from ._attempts import has_failed
from ._conductor import Conductor
from ._crew import Crew
from ._ledger import Ledger
from ._overseer import Overseer
from ._plan import empty_ones, items_of, units_of
from ._schedule import Schedule
from ._worker import work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from behave.model import Scenario

    from .._signals import Interruptions
    from .._smoke import SmokeGate
    from ._channel import Channel, Message
    from ._plan import Item
    from ._position import Position
    from ._staff import Policy, Staff


_AROUND: Final = frozenset(f"{when}_{what}" for when in ("before", "after") for what in ("feature", "rule", "tag"))
"""The hooks that behave runs around what may be empty."""


def conduct(
    runner: Any,  # noqa: ANN401 - behave has no types
    scenarios: Sequence[Scenario],
    policy: Policy,
    *,
    staff: Staff,
    gate: SmokeGate,
    first: Sequence[Scenario],
    interruptions: Interruptions,
) -> Conductor:
    """A conductor over workers that run these scenarios for a runner of behave's."""
    items = items_of(scenarios, policy.known)
    urgent = {id(each) for each in first}
    numbers = frozenset(item.number for item in items if id(item.scenario) in urgent)
    busy = len(units_of(items, by_feature=policy.by_feature))
    if not _AROUND.isdisjoint(runner.hooks):
        items += empty_ones(runner.features, items, runner.config)
    units = units_of(items, by_feature=policy.by_feature)
    closed = lambda: gate.stopped()  # noqa: E731, PLW0108 - who answers is known when the scope is open
    schedule = Schedule(units, first=numbers, gate=gate.reason, closed=closed, as_given=policy.as_given)
    judge = _Judge(runner, policy, staff, gate, numbers)
    end_without_collecting()
    ledger = judge.ledger = Ledger(items, schedule, judge, excused=policy.repeat == 1)
    aside: list[Any] = []
    be = _Being(runner, items, staff, aside)
    jobs = min(policy.jobs, busy)
    crew = ledger.crew = Crew(jobs, schedule, be.worker, ledger, lambda: bool(ledger.stopped))
    overseer = Overseer(items, policy.limits)
    return Conductor(runner, ledger, crew, interruptions, aside=aside, overseer=overseer, clean=staff.clean)


class _Judge:
    """Decides at the end of each attempt what follows from it."""

    def __init__(
        self,
        runner: Any,  # noqa: ANN401 - behave has no types
        policy: Policy,
        staff: Staff,
        gate: SmokeGate,
        first: frozenset[int],
    ) -> None:
        self.ledger: Ledger
        self._policy, self._staff, self._gate, self._first = policy, staff, gate, first
        self.stop_at_failure = bool(runner.config.stop)
        runner.config.stop = False  # behave would not tell of what has run by then

    def heard(self, news: object) -> object:
        """Let the suite know what a worker knows, and say what the other workers should."""
        return self._trying(lambda: self._staff.hear_worker(news))

    def ended(self, item: Item, attempts: list[Message]) -> bool:
        """Take note of an attempt, and say whether another is to follow."""
        last = attempts[-1]
        if (how := last.get("broken_off")) is not None:
            from ._replay import settle_silently

            settle_silently(item.scenario, last)
            self._trying(lambda: self._staff.bury(item.scenario, last["attempt"], **how))
            _make_new(item.scenario)
        if self._once_more(last, len(attempts)):
            return True
        if has_failed(self.ledger.counting(attempts)):
            if item.number in self._first:
                self._gate.failed.append(item.scenario)
            self._stop("A scenario")
        return False

    def kept(self, item: Item) -> None:
        """A hook around a scenario failed, which kept it from running: that of a first one keeps the others, too."""
        if item.number in self._first:
            self._gate.failed.append(item.scenario)

    def broke(self) -> None:
        """A hook or clean-up of a feature or rule failed: in a serial run, --stop ends the run here, too."""
        self._stop("A hook or clean-up")

    def _stop(self, what: str) -> None:
        if self.stop_at_failure:
            self.ledger.stop(f"{what} failed, and --stop was given.", aborted=False)

    def _trying(self, what: Callable[[], object]) -> object:
        """Whatever goes wrong here, workers are at work: it is told at the end, and makes the run a failed one."""
        try:
            return what()
        except Exception as error:  # noqa: BLE001 - a suite's own scope may raise anything
            trouble = str(error) or type(error).__name__
            if trouble not in self.ledger.troubles:
                self.ledger.troubles.append(trouble)
            return None

    def _once_more(self, last: Message, so_far: int) -> bool:
        policy = self._policy
        if so_far < policy.repeat:
            return not (policy.until_failure and has_failed(last))
        states = {last["state"]["status"], *last.get("rest", ())}
        hooks = states & {"hook_error", "cleanup_error"}  # a hook that fails stays a failure, also one around a step
        return has_failed(last) and not hooks and so_far <= policy.retries


def _make_new(scenario: Any) -> None:  # noqa: ANN401 - behave has no types
    """As behave's own reset, which forgets the row of an outline: names and values are made of it."""
    row = scenario._row  # noqa: SLF001 - there is no other way
    scenario.reset()
    scenario._row = row  # noqa: SLF001


class _Being:
    """What a new process does; `aside` are the formatters that listen in workers."""

    def __init__(self, runner: Any, items: Sequence[Item], staff: Staff, aside: Sequence[Any]) -> None:  # noqa: ANN401
        self._runner, self._items, self._staff, self._aside = runner, items, staff, aside

    def worker(self, number: int) -> Callable[[Channel, Position], None]:
        """How to be the worker of this number."""
        name = f"worker {number}"
        self._staff.expect_worker(name)
        return partial(self._be, name)

    def _be(self, name: str, channel: Channel, position: Position) -> None:
        matches = any(getattr(type(each), "match", None) is not Formatter.match for each in self._runner.formatters)
        for formatter in self._aside:
            if (told := getattr(formatter, "in_worker", None)) is not None:
                told(name)
        work(
            self._runner, channel, self._items, position,
            own=self._aside, matches=matches, place=_Place(self._staff, name, channel),
        )  # fmt: skip


class _Place:
    """The part of the staff that a worker uses."""

    def __init__(self, staff: Staff, name: str, channel: Channel) -> None:
        self._name, self._channel = name, channel
        self._enter, self.leave, self.news = staff.enter_worker, staff.leave_worker, staff.worker_news
        self.hear = staff.hear_others

    def enter(self) -> None:
        """Open what this process needs for itself."""
        self._enter(self._name, self._tell)

    def _tell(self) -> None:
        """Send what is new now, and not with the next message: before that, this process may die.

        What a thread of a step has learnt waits: only the main one writes messages.
        """
        if threading.current_thread() is threading.main_thread():
            self._channel.send({"is": "news", "news": self.news()})
