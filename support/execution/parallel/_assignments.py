"""What a worker is to run, in the shape in which behave's own code asks for it.

behave runs features, a feature runs its items, an outline its rows: each a loop over a list. Here the lists are
generators that wait for the next assignment, so that hooks, contexts, statuses and clean-ups are behave's own.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from behave.model import ScenarioOutline

from .._marks import ATTEMPT
from ._outcome import tell
from ._position import CLOSING, IDLE, OPENING, RUNNING
from ._undisturbed import undisturbed
from ._words import new_words

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from ._channel import Channel, Message
    from ._plan import Item
    from ._position import Position
    from ._tape import Tape
    from ._worker import Place


class _Assigned(list[Any]):
    """What a container holds, for whoever looks at it; behave, which does so first, gets what is assigned of it."""

    def __init__(self, items: Sequence[Any], inside: Generator[Any]) -> None:
        super().__init__(items)
        self._inside: Generator[Any] | None = inside

    def __iter__(self) -> Iterator[Any]:
        inside, self._inside = self._inside, None
        return super().__iter__() if inside is None else inside


@dataclass
class _Open:
    """A container that behave is running: its own items, what stands in their place, and which scenarios ran."""

    container: Any
    items: list[Any]
    inside: Generator[Any]
    ran: list[Any] = field(default_factory=list)


class Assignments:
    """The scenarios that the conductor assigns to this worker, and what is told of them.

    `runner` is the worker's; `items` are all scenarios of the run, which messages name by their numbers.
    """

    def __init__(
        self,
        channel: Channel,
        items: Sequence[Item],
        tape: Tape,
        position: Position,
        place: Place,
    ) -> None:
        self.runner: Any = None
        self.news = place.news
        self._place = place
        self._channel, self._items, self._tape, self._position = channel, items, tape, position
        self._queue: deque[tuple[Item, int]] = deque()
        self._resting = self._over = False
        self._open: list[_Open] = []
        self._given: dict[int, tuple[bool, str | None]] = {}

    def features(self) -> Iterator[Any]:
        """The features in which something is to run, one after the other, until the conductor says that it is over."""
        while (item := self._next(resting=True)) is not None:
            yield from self._visit(item, 0)
            self._position.enter(IDLE)

    def opened(self, container: Any) -> None:  # noqa: ANN401 - a feature or a rule
        """A container's hooks have run: it is about to run its items, which from now on are the assigned ones."""
        self._tell("opened", container, tell(container))
        inside = self._inside(container, len(self._open) + 1)
        self._open.append(_Open(container, container.run_items, inside))
        container.run_items = _Assigned(container.run_items, inside)

    def closing(self, container: Any) -> None:  # noqa: ANN401 - a feature or a rule
        """A container has run its items and is about to run its last hooks: its status is that of what ran here."""
        if not self._open or self._open[-1].container is not container:
            return
        found = self._open.pop()
        found.inside.close()  # behave may have left it in the middle
        container.run_items = found.ran
        status = container.status if found.ran else None
        container.run_items = found.items
        if status is not None:
            container.set_status(status)
        self._position.enter(CLOSING, self._number(container))

    def stop(self) -> None:
        """Say that from now on nothing is to begin after a failure."""
        self._channel.send({"is": "stop"})

    def catch_up(self) -> None:
        """Hear what the conductor has said meanwhile, without waiting for more."""
        for message in self._channel.drain():
            self._hear(message)

    def abandon(self) -> None:
        """Say what is not going to run, here or elsewhere, because the run was aborted; otherwise others run it."""
        for item, _ in self._queue if self.runner.aborted else ():
            self._channel.send({"is": "left", "number": item.number})
        self._queue.clear()

    def _visit(self, item: Item, depth: int) -> Iterator[Any]:
        """Have behave run one container of the path to a scenario; what its hooks kept from running is given back."""
        container, head = item.path[depth], self._queue[0]
        for scenario in container.walk_scenarios() if self._given else ():
            self._forget(scenario)
        container.captured.reset()  # else what its hooks printed when we were here before is told once more
        self._position.enter(OPENING, item.number, head[1])
        yield container
        while any(each.container is container for each in self._open):  # a clean-up was interrupted: what ran has run
            self.closing(self._open[-1].container)
        self._position.enter(IDLE)
        self._tell("closed", container, tell(container))
        for scenario in container.walk_scenarios():
            vars(scenario).pop("run", None)  # what a hook has put there, it puts there again when we come back
        if self._queue and self._queue[0] is head and not self.runner.aborted:
            kept = [each for each in self._queue if any(around is container for around in each[0].path)]
            self._queue = deque(each for each in self._queue if each not in kept)
            for each, _ in kept:
                skipped = {"skip": each.scenario.skip_reason} if each.scenario.should_skip else {}
                self._channel.send({"is": "kept", "number": each.number, **skipped})

    def _inside(self, container: Any, depth: int) -> Generator[Any]:  # noqa: ANN401 - a feature or a rule
        """What is to run inside a container: scenarios, rows of outlines, rules."""
        while (item := self._next()) is not None and len(item.path) >= depth and item.path[depth - 1] is container:
            if len(item.path) > depth:
                yield from self._visit(item, depth)
            else:
                assigned, attempt = self._queue.popleft()
                if not assigned.empty:
                    yield from self._run(assigned, attempt)
                else:
                    self._channel.send({"is": "left", "number": assigned.number})

    def _run(self, item: Item, attempt: int) -> Iterator[Any]:
        scenario, of_outline = item.scenario, isinstance(item.scenario.parent, ScenarioOutline)
        setattr(scenario, ATTEMPT, attempt)
        self._forget(scenario)
        self._given[id(scenario)] = scenario.should_skip, scenario.skip_reason
        context = self.runner.context
        undefined = len(self.runner.undefined_steps)
        if of_outline:
            context._set_root_attribute("active_outline", scenario._row)  # noqa: SLF001 - as ScenarioOutline.run does
        self._position.enter(RUNNING, item.number, attempt)
        began = time.monotonic()
        for each in self._open:
            each.ran.append(scenario)
        try:
            yield scenario
        finally:
            with undisturbed():
                self._ended(item, attempt, undefined, time.monotonic() - began)

    def _ended(self, item: Item, attempt: int, undefined: int, took: float) -> None:
        """Tell of an attempt; who dies before has not ended it, and who dies after has."""
        scenario = item.scenario
        self.runner.context._set_root_attribute("active_outline", None)  # noqa: SLF001 - as ScenarioOutline.run does
        told: Message = {"is": "ended", "number": item.number, "attempt": attempt, "took": took}
        told |= {"state": tell(scenario), "tape": self._tape.cut(), "news": self.news()}
        if getattr(scenario, "background", None):  # hooks may have left it out, or what it inherits
            told["background"] = len(scenario.background_steps)
        told |= new_words(scenario, item.words)
        if self._tape.failed:
            told["failed"] = True
        if told["state"]["status"] != "passed":  # else each step has passed, and its result is on the tape
            told["rest"] = [step.status.name for step in scenario.all_steps]
        if missing := self.runner.undefined_steps[undefined:]:
            told["undefined"] = [[str(s.filename), s.line, s.keyword, s.step_type, s.name] for s in missing]
        self._channel.send(told)
        self._position.enter(IDLE)

    def _forget(self, scenario: Any) -> None:  # noqa: ANN401 - behave has no types
        """Take back what an earlier attempt here has left on a scenario; behave's `reset` would lose its row."""
        if (given := self._given.pop(id(scenario), None)) is not None:
            scenario.should_skip, scenario.skip_reason = given
            for step in scenario.all_steps:
                step.reset()

    def _next(self, *, resting: bool = False) -> Item | None:
        """The next scenario; None if there is none, or none for now unless `resting`, outside of all features."""
        if resting:
            self._resting = False
        while not self._queue and not self._over and not self.runner.aborted and (resting or not self._resting):
            try:
                self._hear(self._channel.receive())
            except EOFError:
                self._over = True  # nobody is there any more to run for
            except KeyboardInterrupt:
                self.runner.abort(reason="KeyboardInterrupt")
            if resting:
                self._resting = False
        stopped = self._over or self.runner.aborted or self._resting
        return None if stopped or not self._queue else self._queue[0][0]

    def _hear(self, message: Message) -> None:
        if message["do"] == "run":
            self._queue.extend((self._items[number], attempt) for number, attempt in message["items"])
        elif message["do"] == "rest":
            self._resting = True
        elif message["do"] == "hear":
            for news in message["news"]:
                self._place.hear(news)
        else:
            self._over = True

    def _tell(self, what: str, container: Any, state: Any) -> None:  # noqa: ANN401
        of = self._number(container)
        tape = self._tape.cut()
        self._channel.send({"is": what, "container": of, "state": state, "tape": tape, "news": self.news()})

    def _number(self, container: Any) -> int:  # noqa: ANN401 - a feature or a rule
        return int(getattr(container, "rehearsal_number", -1))
