"""The workers of a run: who is there, who has what to do, and what becomes of the work of one that dies."""

from __future__ import annotations

import selectors
import signal
import time
from contextlib import suppress
from itertools import count
from typing import TYPE_CHECKING, Final, Protocol

from .._tell import tell
from ._ahead import units_for
from ._plan import UNKNOWN
from ._position import IDLE
from ._process import Worker, check_platform, fork

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ._channel import Channel, Message
    from ._plan import Item, Unit
    from ._position import Place, Position
    from ._schedule import Schedule

_PAUSE: Final = 0.05
_MOST_UNREAD: Final = 32
"""So many small messages wait in a connection, and whoever writes them need not."""
_NO_ROOM: Final = "End other processes, or raise their limit."
_VAIN: Final = 3
"""So many workers that die in a row before they have run anything are no accident."""


class Listener(Protocol):
    """Who hears what workers say; `died` is told once of each that did not say goodbye."""

    def heard(self, worker: Worker, message: Message) -> None:
        """A worker has said something."""

    def died(self, worker: Worker, how: str, place: Place, left: Sequence[tuple[Item, int]]) -> None:
        """A worker is gone, and with it what it was assigned; `left` has what it had not begun or was at."""

    def watch(self, workers: Iterable[Worker]) -> None:
        """Time has passed."""

    def stop(self, why: str) -> None:
        """Nothing can go on."""


class Crew:
    """Keeps `jobs` workers busy as long as the schedule has something that may run.

    `be` makes what a worker of this number is to do, right before it is forked; `stopped` says whether nothing more is
    to begin.
    """

    def __init__(
        self,
        jobs: int,
        schedule: Schedule,
        be: Callable[[int], Callable[[Channel, Position], None]],
        listener: Listener,
        stopped: Callable[[], bool],
    ) -> None:
        self.workers: dict[int, Worker] = {}
        self.finishing = False
        self._jobs, self._schedule, self._be, self._listener, self._stopped = jobs, schedule, be, listener, stopped
        self._selector = selectors.DefaultSelector()
        self._vain, self._looked, self._short = 0, 0.0, False
        self._numbers = count(1)  # no number comes twice: what one has left is not to be taken for another's
        check_platform()

    def start(self, heed: Callable[[], None]) -> None:
        """Let all workers come; those that are there begin meanwhile. `heed` is called often, and may stop it all."""
        while self._wants_more() and self._hire():
            heed()
            self._serve(wait=0)

    @property
    def hopeless(self) -> bool:
        """Whether new workers die before they have run anything."""
        return self._vain >= _VAIN

    def pump(self) -> None:
        """Hear what workers say, for a moment if they say nothing, and give them what to do."""
        self._serve(wait=_PAUSE)
        self._listener.watch(self.workers.values())

    def interrupt(self) -> None:
        """Let all workers tear down now; who does so already is left in peace."""
        for number in (signal.SIGINT, signal.SIGTERM):
            if signal.getsignal(number) is signal.SIG_DFL:
                signal.signal(number, self._end_now)
        for worker in self.workers.values():
            if not worker.ending:
                worker.interrupt()

    def took(self, worker: Worker, seconds: float) -> None:
        """A scenario has ended after so long: the next ones of this worker may be alike, but not what another is at."""
        self._vain, worker.has_run = 0, True
        worker.pace = seconds if worker.pace == UNKNOWN else 0.8 * worker.pace + 0.2 * seconds

    def pass_on(self, source: Worker, news: object) -> None:
        """Let the other workers know what one has told; those that are still to come inherit it."""
        for worker in self.workers.values():
            if worker is not source:
                worker.untold.append(news)

    def dismiss(self) -> None:
        """Let all workers tear down: nothing else is to run."""
        self.finishing = True
        for worker in self.workers.values():
            if worker.ready and not worker.ending and not worker.units:
                self._end(worker)

    def done(self, worker: Worker, unit: Unit, item: Item) -> None:
        """A worker is through with an item of a unit, however that ended."""
        unit.items.remove(item)
        if not unit.items:
            worker.units.remove(unit)
            self._schedule.ended(unit)

    def _serve(self, wait: float) -> None:
        for key, _ in self._selector.select(wait):
            self._hear(key.data)
        if time.monotonic() - self._looked > _PAUSE:
            self._look()
        for worker in list(self.workers.values()):
            self._tell(worker)
            if worker.ready and not worker.ending:
                self._employ(worker)

    def _look(self) -> None:
        """Who is gone without a word: a process that a step has left keeps its connection open."""
        for worker in [each for each in self.workers.values() if each.is_over()]:
            self._lose(worker)
        self._looked = time.monotonic()

    def _end_now(self, number: int, _frame: object) -> None:
        """The second interruption: this process ends, its workers with it, and with them what they have started."""
        for worker in self.workers.values():
            worker.kill_group()
        signal.signal(number, signal.SIG_DFL)
        signal.raise_signal(number)

    def _hire(self) -> bool:
        """Whether there is one more; if the system has no room for it, those that are there go on."""
        number = next(self._numbers)
        try:
            worker = fork(number, self.workers.values(), self._be(number))
        except OSError as error:
            if not self.workers:
                self._listener.stop(f"No worker could be started: {error}. {_NO_ROOM}")
            elif not self._short:
                self._short = True
                tell(f"Only {len(self.workers)} of {self._jobs} workers could be started: {error}. {_NO_ROOM}")
            return False
        self.workers[worker.pid] = worker
        self._selector.register(worker.channel, selectors.EVENT_READ, worker)
        return True

    def _hear(self, worker: Worker) -> None:
        try:
            messages = worker.channel.read()
        except EOFError:
            messages = None  # it is replaced outside of this block: errors of the new one would be told with ours
        if messages is None:
            self._lose(worker)
        else:
            self._take(worker, messages)

    def _take(self, worker: Worker, messages: Iterable[Message]) -> None:
        for message in messages:
            if message["is"] != "news":  # told from within a step, which has to end before anything is read
                worker.unread = 0
            if message["is"] == "ready":
                worker.ready = True
            elif message["is"] == "bye":
                worker.said_bye = worker.ending = True
                worker.since = time.monotonic()
            self._listener.heard(worker, message)

    def _tell(self, worker: Worker) -> None:
        """Send what it does not know; not too much while it is at something, as a connection takes only so much."""
        reads = worker.unread < _MOST_UNREAD or (worker.ready and not worker.units)
        if worker.untold and reads and not worker.ending:
            untold, worker.untold, worker.unread = worker.untold, [], worker.unread + 1
            self._send(worker, {"do": "hear", "news": untold})

    def _employ(self, worker: Worker) -> None:
        elsewhere = [each.near for each in self.workers.values() if each is not worker]
        if units := [] if self._stopped() else units_for(worker, self._schedule, elsewhere, self._jobs):
            worker.resting = False
            items = [(item.number, unit.attempt) for unit in units for item in unit.items]
            self._send(worker, {"do": "run", "items": items})
        elif not worker.units and (self.finishing or self._stopped()):
            self._end(worker)
        elif not worker.units and worker.open and not worker.resting:
            worker.resting = True
            self._send(worker, {"do": "rest"})

    def _end(self, worker: Worker) -> None:
        worker.ending, worker.since = True, time.monotonic()
        self._send(worker, {"do": "end"})

    def _send(self, worker: Worker, message: Message) -> None:
        with suppress(OSError):  # it is dead: the end of its connection says so, and another gets what it was given
            worker.channel.send(message)

    def _lose(self, worker: Worker) -> None:
        how, place = worker.bury(), worker.position.read()
        self._take(worker, worker.channel.drain())
        self._selector.unregister(worker.channel)
        del self.workers[worker.pid]
        worker.channel.close()
        left = [(item, unit.attempt) for unit in worker.units for item in unit.items]
        if not (worker.said_bye and worker.ended_well and place.phase == IDLE):  # it may have left behave in a hook
            self._vain += not (worker.has_run or (worker.ready and worker.said_bye))
            self._listener.died(worker, worker.killed_because or how, place, left)
        worker.position.close()
        self._give_back(worker)  # one that said goodbye may have been sent something meanwhile
        if self._wants_more():
            self._hire()

    def _wants_more(self) -> bool:
        return bool(self._schedule) and not (self._stopped() or self.hopeless) and len(self.workers) < self._jobs

    def _give_back(self, worker: Worker) -> None:
        """What the worker had not come to is run by another."""
        for unit in worker.units:
            self._schedule.ended(unit)
            if unit.items:
                self._schedule.again(unit)
