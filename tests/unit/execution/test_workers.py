"""The pieces of which workers are made: what they say arrives whole, where they stand is true, who ends is let end."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast
from unittest.mock import MagicMock

import pytest

from support.core import ConfigurationError
from support.execution._limits import Limits
from support.execution.parallel import _assignments, _process
from support.execution.parallel._assignments import Assignments
from support.execution.parallel._channel import Channel
from support.execution.parallel._crew import Crew
from support.execution.parallel._overseer import Overseer
from support.execution.parallel._plan import UNKNOWN
from support.execution.parallel._position import CLOSING, IDLE, RUNNING, Position
from support.execution.parallel._process import Worker
from support.execution.parallel._tape import Tape
from support.execution.parallel._undisturbed import hear_interruptions
from support.hooks import _RunningStep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from support.execution.parallel._plan import Item

PLACE = cast("Any", SimpleNamespace(news=lambda: None, hear=lambda _news: None))


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel]]:
    """Both ends of a connection."""
    here, there = (Channel(each) for each in socket.socketpair())
    yield here, there
    here.close()
    there.close()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Ctrl-C raises, also where the tests were started in the background."""
    before = signal.getsignal(signal.SIGINT)
    hear_interruptions()
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_does_not_tear_a_message(ends: tuple[Channel, Channel]) -> None:
    """What is larger than the connection takes at once arrives whole, and Ctrl-C is heard when it has."""
    here, there = ends
    text, heard = "x" * (1 << 22), list[Any]()

    def read() -> None:
        heard.append(there.read())  # the sender has begun, and waits
        os.kill(os.getpid(), signal.SIGINT)
        heard.append(there.receive())

    reader = threading.Thread(target=read)
    reader.start()
    with pytest.raises(KeyboardInterrupt):
        here.send({"is": text})
    reader.join(10)
    assert heard == [[], {"is": text}]


def test_the_last_words_of_one_that_is_gone_are_read_without_waiting(ends: tuple[Channel, Channel]) -> None:
    """Though somebody else still holds the other end."""
    here, there = ends
    for number in range(3):
        here.send({"is": number})
    assert [each["is"] for each in there.drain()] == [0, 1, 2]
    assert there.drain() == []


def test_setting_the_clock_passes_no_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """How long a step runs is not told by the clock on the wall, which may be set meanwhile."""
    position = Position()
    monkeypatch.setattr(time, "time", lambda: 0.0)
    position.enter(RUNNING, 0)
    position.step(0)
    monkeypatch.setattr(time, "time", lambda: 1e9)
    assert watched(position, Limits(step=5, scenario=5)) == ""
    position.enter(CLOSING, 0)
    monkeypatch.setattr(time, "time", lambda: 2e9)
    assert watched(position, Limits(scenario=5)) == ""


def test_who_hangs_is_ended_unless_the_time_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hooks after a step that was broken off have a time of their own."""
    position, now = Position(), time.monotonic()
    position.enter(RUNNING, 0)
    position.step(0)
    monkeypatch.setattr(time, "monotonic", lambda: now + 20)
    assert "its step" in watched(position, Limits(step=5))
    position.rest()
    assert "its scenario" in watched(position, Limits(step=5, scenario=5))
    position.rest(anew=True)
    assert watched(position, Limits(step=5, scenario=5)) == ""


def watched(position: Position, limits: Limits) -> str:
    """Why an overseer ends a worker that stands there; empty if it does not."""
    killed = [""]
    worker = SimpleNamespace(position=position, ready=True, ending=False, since=0.0, kill=killed.append)
    item = SimpleNamespace(scenario=SimpleNamespace(tags=[], parent=None))
    Overseer([cast("Item", item)], limits).watch([cast("Any", worker)])
    return killed[-1]


def test_who_tears_down_is_not_interrupted() -> None:
    """It ends in any case; the others are told to."""
    told = list[int]()
    crew = crew_of(SimpleNamespace())
    for number, ending in enumerate((True, False)):
        worker = SimpleNamespace(ending=ending, interrupt=lambda number=number: told.append(number))
        crew.workers[number] = cast("Any", worker)
    crew.interrupt()
    assert told == [1]


def test_without_room_for_processes_the_run_stops_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """If not one worker can be started; with some, it goes on with those."""
    stopped = list[str]()
    crew = crew_of(SimpleNamespace(stop=stopped.append))

    def fork() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", fork)
    crew.start(lambda: None)
    why = "[Errno 11] Resource temporarily unavailable"
    assert stopped == [f"No worker could be started: {why}. End other processes, or raise their limit."]


def test_where_there_is_no_fork_one_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is started."""
    monkeypatch.delattr(os, "fork")
    with pytest.raises(ConfigurationError, match=r"has no fork\. Run with one job"):
        crew_of(SimpleNamespace())


def test_one_that_does_not_listen_is_told_no_more_until_it_does(ends: tuple[Channel, Channel]) -> None:
    """What one worker knows waits for the others in the crew: a connection that nobody reads takes only so much."""
    news = [str(number) for number in range(1000)]
    crew, (here, there) = crew_of(SimpleNamespace(heard=lambda *_: None)), ends
    source, other = (Worker(number, number, here, Position()) for number in (1, 2))
    crew.workers = {1: source, 2: other}
    for each in news:
        crew.pass_on(source, each)
        crew._tell(source)
        crew._tell(other)
        crew._take(other, [{"is": "news"}])
    heard = there.drain()
    assert 1 < len(heard) < 100
    crew._take(other, [{"is": "ended"}])
    crew._tell(other)
    heard += there.drain()
    assert [each for message in heard for each in message["news"]] == news


def test_a_worker_hears_between_and_at_the_ends_of_scenarios_what_others_know(ends: tuple[Channel, Channel]) -> None:
    """Without waiting for it; what else has come keeps its order."""
    here, there = ends
    position, heard = Position(), list[object]()
    place = cast("Any", SimpleNamespace(news=lambda: None, hear=heard.append))
    assignments = Assignments(there, cast("Any", [0, 1]), Tape(position, matches=False), position, place)
    assignments.catch_up()
    here.send({"do": "run", "items": [(0, 1)]})
    here.send({"do": "hear", "news": ["a", "b"]})
    here.send({"do": "run", "items": [(1, 1)]})
    assignments.catch_up()
    assert heard == ["a", "b"]
    assert str(list(assignments._queue)) == "[(0, 1), (1, 1)]"


@pytest.mark.usefixtures("interruptible")
def test_a_ctrl_c_that_meets_a_worker_at_its_birth_is_the_conductor_s(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in the conductor's group for a moment; who dies of that would be told, and replaced by another."""
    real = os.fork

    def fork() -> int:
        if (pid := real()) == 0:
            os.kill(os.getpid(), signal.SIGINT)
        return pid

    monkeypatch.setattr(os, "fork", fork)
    worker = _process.fork(1, (), lambda channel, _position: channel.send({"is": "here"}))
    told = worker.bury(), worker.channel.drain()
    worker.channel.close()
    assert told == ("ended with exit status 0", [{"is": "here"}])


def test_how_workers_end_is_known_where_that_was_to_be_ignored() -> None:
    """Who has started the run may have left SIGCHLD ignored; then the system forgets what became of children."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        worker = _process.fork(1, (), lambda *_: sys.exit(3))
        how = worker.bury()
    finally:
        signal.signal(signal.SIGCHLD, before)
        worker.channel.close()
    assert how == "ended with exit status 3"


def test_one_that_has_nothing_to_do_hears_at_once_what_others_know(ends: tuple[Channel, Channel]) -> None:
    """It waits for messages, and does not speak meanwhile: the scenario it is given next must not begin without."""
    crew, (here, there) = crew_of(SimpleNamespace(heard=lambda *_: None)), ends
    idle = Worker(1, 1, here, Position())
    idle.ready = True
    for news in ("a", "b"):
        idle.untold.append(news)
        crew._tell(idle)
    assert there.drain() == [{"do": "hear", "news": ["a"]}, {"do": "hear", "news": ["b"]}]


@pytest.mark.parametrize(
    ("known", "members", "pace", "count"),
    [(0.001, 1, 1.0, 1), (1.0, 1, 0.0001, 1), (0.001, 1, 0.0001, 30), (UNKNOWN, 100, 0.001, 1)],
    ids=["slower than it was known to be", "long", "short", "a long group of short ones"],
)
def test_a_worker_is_given_no_more_than_it_does_in_a_moment(
    ends: tuple[Channel, Channel], known: float, members: int, pace: float, count: int
) -> None:
    """By what is known of scenarios or, if its last ones took longer than that, by those: others could do the rest."""
    assert given(ends[0], pace, members, known) == count


def test_a_worker_is_given_no_more_than_a_part_of_its_share(ends: tuple[Channel, Channel]) -> None:
    """However short its last ones were: nobody knows the others, which may be long."""
    assert given(ends[0], 0.001, left=8) == 2


def given(channel: Channel, pace: float, members: int = 1, known: float = UNKNOWN, left: int = 10_000) -> int:
    """How many units of so many scenarios one of two workers is given at once that runs one in `pace` seconds."""
    items = [SimpleNamespace(number=0)] * members
    unit = SimpleNamespace(seconds=known, attempt=1, feature=None, items=items)
    schedule = MagicMock(pick=lambda *_: unit, __len__=lambda _: left)
    crew = Crew(2, schedule, lambda _: lambda *_: None, cast("Any", None), lambda: False)
    worker = Worker(1, 1, channel, Position())
    worker.pace = pace
    crew._employ(worker)
    return len(worker.units)


def crew_of(listener: object) -> Crew:
    """A crew of two that has something to do."""
    return Crew(2, cast("Any", [1]), lambda _: lambda *_: None, cast("Any", listener), lambda: False)


class Told:
    """A channel that notes what is said, and where the worker stands meanwhile; it hands out assignments."""

    def __init__(self, position: Position, *items: tuple[int, int]) -> None:
        self._position = position
        self._items: list[dict[str, Any]] = [{"do": "run", "items": items}, {"do": "end"}]
        self.said = list[tuple[str, int, int]]()

    def send(self, message: dict[str, Any]) -> None:
        """Note it."""
        self.said.append((message["is"], message.get("number", -1), self._position.read().phase))

    def receive(self) -> dict[str, Any]:
        """What is to be done."""
        return self._items.pop(0)


def test_what_hooks_keep_from_running_is_of_their_own_container(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not of another that has the same keyword and name, and so is equal in the eyes of behave."""

    class Same(SimpleNamespace):
        __hash__ = None

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Same)

    monkeypatch.setattr(_assignments, "tell", lambda _: {"status": "hook_error"})
    scenario = SimpleNamespace(should_skip=False)
    items = [SimpleNamespace(number=number, path=(container(Same),), scenario=scenario) for number in range(2)]
    position = Position()
    channel = Told(position, (0, 1), (1, 1))
    assignments = Assignments(cast("Any", channel), cast("Any", items), Tape(position, matches=False), position, PLACE)
    assignments.runner = SimpleNamespace(aborted=False)
    features = assignments.features()
    next(features)
    next(features)
    assert [(what, number) for what, number, _ in channel.said] == [("closed", -1), ("kept", 0)]


def container(kind: Any) -> Any:
    """A feature without anything but what was captured when it was run before."""
    captured = ["before"]
    return kind(walk_scenarios=list, status=None, captured=SimpleNamespace(text=captured, reset=captured.clear))


def test_an_attempt_is_told_before_it_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who is killed between the two has told it; what its feature said when it was run before is not told again."""
    monkeypatch.setattr(_assignments, "tell", lambda _: {"status": "passed"})
    feature = container(SimpleNamespace)
    scenario = SimpleNamespace(parent=None, should_skip=False, skip_reason=None, name="told", all_steps=[])
    position = Position()
    channel = Told(position, (0, 1))
    item = SimpleNamespace(number=0, path=(feature,), scenario=scenario, words=("told",), empty=False)
    assignments = Assignments(cast("Any", channel), cast("Any", [item]), Tape(position, matches=False), position, PLACE)
    context = SimpleNamespace(_set_root_attribute=lambda *_: None)
    assignments.runner = SimpleNamespace(aborted=False, context=context, undefined_steps=[])
    feature.run_items = []
    for _ in assignments.features():
        assignments.opened(feature)
        list(feature.run_items)
    assert ("ended", 0, RUNNING) in channel.said
    assert feature.captured.text == []
    assert position.read().phase == IDLE


def test_the_running_step_is_found_however_early_one_asks() -> None:
    """Also where the steps still have what an earlier attempt has made of them."""
    steps = [FakeStep("passed"), FakeStep("failed"), FakeStep("skipped")]
    running = _RunningStep(SimpleNamespace(all_steps=steps))
    assert running.index() == 0
    steps[0].is_now("passed")
    assert running.index() == 1


class FakeStep:
    """A step with a status."""

    def __init__(self, status: str) -> None:
        self.is_now(status)

    def is_now(self, name: str) -> None:
        """It has another."""
        self.status = SimpleNamespace(name=name)

    def reset(self) -> None:
        """It has none."""
        self.is_now("untested")
