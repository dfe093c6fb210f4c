"""What has become of every scenario and container of a parallel run, as workers tell it: each is accounted for once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, Protocol

from ._attempts import counting, unsteady
from ._death import broken_off
from ._plan import Unit
from ._position import CLOSING, OPENING, RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ._attempts import Unsteady
    from ._channel import Message
    from ._crew import Crew
    from ._plan import Item
    from ._position import Place
    from ._process import Worker
    from ._schedule import Schedule

BROKEN: Final = frozenset({"hook_error", "cleanup_error"})
"""The states of a container that are its own, and not those of what ran in it."""


class Judge(Protocol):
    """What follows from what workers tell; `stop_at_failure`: nothing begins any more after one."""

    stop_at_failure: bool

    def heard(self, news: object) -> object:
        """A worker had news, of whatever else it tells; what of that the others should hear, None if nothing."""

    def ended(self, item: Item, attempts: list[Message]) -> bool:
        """An attempt has ended, the last of these; whether another is to follow."""

    def kept(self, item: Item) -> None:
        """The hooks of a feature or rule kept a scenario from running."""

    def broke(self) -> None:
        """A hook or clean-up of a feature or rule failed."""


class Ledger:
    """Hears workers, and knows what has ended, what will not run any more, and what is still to come.

    `judge` is told of it. `excused`: an attempt that passes makes good those before.
    """

    def __init__(
        self,
        items: Sequence[Item],
        schedule: Schedule,
        judge: Judge,
        *,
        excused: bool,
    ) -> None:
        self.items, self._schedule, self._judge, self._excused = items, schedule, judge, excused
        self.crew: Crew
        self.attempts: defaultdict[int, list[Message]] = defaultdict(list)
        self.outcomes: dict[int, Message] = {}
        self.opened: defaultdict[int, list[Message]] = defaultdict(list)
        self.closed: defaultdict[int, list[Message]] = defaultdict(list)
        self.set_up: list[Message] = []
        self.torn_down: list[Message] = []
        self.troubles: list[str] = []
        self.stopped, self.aborted, self.given_up = "", False, False
        self._unrun: set[int] = set()

    def resolved(self, number: int) -> bool:
        """Whether a scenario has ended for good, or will not run."""
        return number in self.outcomes or number in self._unrun

    def counting(self, attempts: Sequence[Message]) -> Message:
        """The one of several attempts that a scenario is told by."""
        return counting(attempts, excused=self._excused)

    def unsteady(self) -> list[Unsteady]:
        """The scenarios that both passed and did not."""
        return unsteady(self.items, self.attempts, self.outcomes)

    def played(self, number: int) -> None:
        """Nobody will ask again what a scenario printed, unless it ran more than once."""
        if len(attempts := self.attempts[number]) == 1:
            attempts[0]["tape"] = ()

    def told_by_worker(self, number: int) -> bool:
        """Whether a scenario ended in a worker that lived to tell it."""
        outcome = self.outcomes.get(number)
        return outcome is not None and "broken_off" not in outcome

    def hooks_failed(self, container: int) -> bool:
        """Whether the first hooks of a feature or rule failed in some worker."""
        return any(each["state"].get("hook_failed") for each in self.opened[container])

    def is_open(self, container: int) -> bool:
        """Whether a worker still has a feature or rule open."""
        return any(container in worker.open for worker in self.crew.workers.values())

    def stop(self, why: str, *, aborted: bool = True) -> None:
        """Let nothing begin any more; what runs may end."""
        self.stopped, self.aborted = self.stopped or why, self.aborted or aborted

    def give_up(self) -> None:
        """What has not begun will not run."""
        self.given_up = True
        self._leave_out(self._schedule.drop(lambda _item: True))

    def heard(self, worker: Worker, message: Message) -> None:
        """Take in what a worker says: what it knows first, as what it has printed may tell of that."""
        if (news := message.get("news")) is not None and (for_others := self._judge.heard(news)) is not None:
            self.crew.pass_on(worker, for_others)
        getattr(self, f"_hear_{message['is']}")(worker, message)

    def died(self, worker: Worker, how: str, place: Place, left: Sequence[tuple[Item, int]]) -> None:
        """Break the scenario or container in which a worker died; what it had not come to is not touched."""
        begun = {(item.number, attempt) for item, attempt in left}
        if place.phase in {RUNNING, OPENING} and (place.number, place.attempt) in begun:
            item = self.items[place.number]
            if item.empty:
                self._broke(item.path[-1].rehearsal_number, f"The process that ran its first hooks {how}.")
                self.crew.took(worker, 0.0)
                self._hear_left(worker, {"number": item.number})
            else:
                self._hear_ended(worker, broken_off(item, place, worker.position.results.read(), how, worker.name))
        elif place.phase == CLOSING:
            self._broke(place.number, f"The process that ran its last hooks {how}.")
        elif worker.ready or not self.aborted:  # else it was told to end, and had nothing to tear down
            self.troubles.append(f"{worker.name.capitalize()} {how} while it ran no scenario.")
        if self.crew.hopeless:
            self.stop(f"Workers die before they run anything: the last one {how}.")

    def _broke(self, container: int, told: str) -> None:
        state = {"status": "hook_error", "hook_failed": True, "message": told}
        self.closed[container].append({"state": state, "tape": [["err", f"{told}\n"]]})
        self._judge.broke()

    def watch(self, workers: Iterable[Worker]) -> None:
        """Nothing may run any more if nobody has anything to do, and nobody can be given anything."""
        everybody = list(workers)
        idle = all(each.ready and not each.units for each in everybody)
        if idle and self._schedule and everybody:
            if not (self.stopped or self._schedule.why_held()):
                self.troubles.append("Some scenarios were given to nobody. This is a defect of the scheduling.")
            self.give_up()

    def _hear_news(self, _worker: Worker, _message: Message) -> None:
        """There is nothing else in it."""

    def _hear_stop(self, _worker: Worker, _message: Message) -> None:
        self._judge.stop_at_failure = True

    def _hear_ready(self, _worker: Worker, message: Message) -> None:
        self.set_up.append(message)
        if message["aborted"]:
            self.stop("before_all failed.")

    def _hear_opened(self, worker: Worker, message: Message) -> None:
        worker.open[message["container"]] = None
        self.opened[message["container"]].append(message)

    def _hear_closed(self, worker: Worker, message: Message) -> None:
        worker.open.pop(message["container"], None)
        self.closed[message["container"]].append(message)
        if message["state"]["status"] in BROKEN:
            self._judge.broke()

    def _hear_ended(self, worker: Worker, message: Message) -> None:
        item = self.items[message["number"]]
        attempts = self.attempts[item.number]
        attempts.append(message)
        self.crew.took(worker, message["took"])
        again = self._judge.ended(item, attempts) and not self.stopped
        self._through(worker, item, repeated=again and not self._excused)
        if not again:
            self._leave_out([item])
        elif self._excused:
            self._schedule.again(Unit([item], attempt=len(attempts) + 1, alone=True))

    def _through(self, worker: Worker, item: Item, *, repeated: bool = False) -> None:
        """A worker is through with an item; what is repeated waits for the others of its unit, and runs with them."""
        unit = next(each for each in worker.units if item in each.items)
        if repeated:
            unit.repeated.append(item)
        self.crew.done(worker, unit, item)
        if unit.repeated and not unit.items:
            self._schedule.again(unit.again())

    def _leave_out(self, items: Iterable[Item]) -> None:
        """They will not run, or not again: then what has become of them by now is what they have become."""
        for item in items:
            self._schedule.over(item.number)
            if attempts := self.attempts.get(item.number):
                self.outcomes[item.number] = self.counting(attempts)
            else:
                self._unrun.add(item.number)

    def _hear_kept(self, worker: Worker, message: Message) -> None:
        """A container's hook failed, or skipped it: behave runs nothing in it, here or elsewhere."""
        kept = self.items[message["number"]]
        if "skip" in message:
            kept.scenario.should_skip, kept.scenario.skip_reason = True, message["skip"]
        self._through(worker, kept)
        gone = [kept]
        if failed := next((each for each in kept.path if self.hooks_failed(each.rehearsal_number)), None):
            gone += self._schedule.drop(lambda item: any(each is failed for each in item.path))  # behave's == is alike
            for item in gone:
                self._judge.kept(item)
        self._leave_out(gone)

    def _hear_left(self, worker: Worker, message: Message) -> None:
        left = self.items[message["number"]]
        self._through(worker, left)
        self._leave_out([left])

    def _hear_bye(self, _worker: Worker, message: Message) -> None:
        self.torn_down.append(message)
        if message["aborted"]:
            self.stop("A worker was aborted.")
