"""A worker: a process that runs the scenarios it is assigned, with a context and hooks of its own."""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, Any, Final, Protocol

from ...core import RehearsalError
from .._quick import QuickContext
from .._timed import TimedRunner
from ._assignments import Assignments
from ._outcome import tell
from ._tape import Tape, TapeStream
from ._undisturbed import hear_interruptions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ._channel import Channel
    from ._plan import Item
    from ._position import Position

_ABORTED: Final = "\nABORTED: By user.\n"


class WorkerRunner(TimedRunner):
    """behave's runner, fed with assignments; whatever it tells goes to the conductor."""

    def __init__(
        self,
        parent: Any,  # noqa: ANN401 - behave has no types
        assignments: Assignments,
        position: Position,
        formatters: Sequence[Any],
    ) -> None:
        super().__init__(parent.config)
        self.features, self.hooks, self.step_registry = parent.features, parent.hooks, parent.step_registry
        self.base_dir, self.formatters = parent.base_dir, list(formatters)
        self._assignments, self._position = assignments, position
        self.keeper = parent.keeper
        self._torn_badly: bool | None = None
        assignments.runner = self

    def run_assigned(self, channel: Channel, tape: Tape, leave: Callable[[], object]) -> None:
        """Set up, run what is assigned until the conductor has no more, tear down, and `leave` what else is open."""
        self.context = QuickContext(self)
        try:
            self.run_model(self._features(channel, tape))
        finally:
            signal.signal(signal.SIGINT, lambda *_: None)  # what closes is not torn apart; children do not inherit this
            errors = self.context._root["cleanup_errors"]  # noqa: SLF001 - the only place where behave counts them
            trouble = _trouble(leave)
            told = {
                "trouble": trouble,
                "hook_failures": self.hook_failures,
                "cleanup_errors": errors if self.context.fail_on_cleanup_errors else 0,
                "after_all_ran": self._torn_badly is not None,
                "after_all_failed": bool(self._torn_badly),
            }
            self._assignments.abandon()
            tape.unsay("out", _ABORTED)  # the conductor says it, once
            told |= {"tape": tape.cut(), "news": self._assignments.news()}
            channel.send({"is": "bye", "aborted": bool(self.aborted), **told})

    def run_hook_with_capture(self, hook_name: str, *args: Any, **named: Any) -> bool:  # noqa: ANN401
        """As behave's; around a container's items, their place is taken by what is assigned."""
        if hook_name in {"after_feature", "after_rule"}:
            self._assignments.closing(args[0])
        elif hook_name == "before_scenario":
            self._assignments.catch_up()
            self._position.again()
        elif hook_name == "after_scenario":
            self._assignments.catch_up()
        passed = bool(super().run_hook_with_capture(hook_name, *args, **named))
        if hook_name in {"before_feature", "before_rule"}:
            self._assignments.opened(args[0])
        elif hook_name == "after_all":
            self._torn_badly = not passed
        return passed

    def run_hook(self, hook_name: str, *args: Any) -> bool:  # noqa: ANN401 - behave has no types
        """As behave's; when a step has ended, its time does not count any more; the hooks of a late one get theirs."""
        if hook_name == "after_step" and args[0].status.has_failed():  # in case that the hook kills this process
            self._position.failed(tell(args[0]))
        passed = super().run_hook(hook_name, *args)
        if self.config.stop:  # a hook or step has set it: it is about the run, and not about this worker
            self.config.stop = False
            self._assignments.stop()
        if hook_name == "after_step" and self.keeper.at_rest:
            self._position.rest(anew=self.keeper.rang)
        return passed

    def _features(self, channel: Channel, tape: Tape) -> Iterator[Any]:
        """The first thing asked of it means that `before_all` has run."""
        told = {"tape": tape.cut(), "news": self._assignments.news()}
        channel.send({"is": "ready", "aborted": bool(self.aborted), **told})
        yield from self._assignments.features()


class Place(Protocol):
    """What a worker opens for itself beside behave, and what the conductor should know of it."""

    def enter(self) -> None:
        """Open it: we have just been forked."""

    def leave(self) -> None:
        """Close it."""

    def news(self) -> object:
        """What has happened there since it was asked last, as JSON."""

    def hear(self, news: object) -> None:
        """What has happened elsewhere."""


def work(
    parent: Any,  # noqa: ANN401 - behave's runner
    channel: Channel,
    items: Sequence[Item],
    position: Position,
    *,
    own: Sequence[Any],
    matches: bool,
    place: Place,
) -> None:
    """Be a worker, in a process of its own; `own` are formatters that write what they are told themselves."""
    tape = Tape(position, matches=matches)
    _take_streams(tape)
    parent.config.reporters, parent.config.stop = [], False  # the conductor reports, and decides when to stop
    for item in items:
        for each in (item.scenario, *item.path):
            vars(each).pop("run", None)  # here it is behave's own again
    runner = WorkerRunner(parent, Assignments(channel, items, tape, position, place), position, [tape, *own])
    try:
        place.enter()
    except RehearsalError as error:
        _decline(channel, tape, str(error))
        return
    runner.keeper.open()
    runner.run_assigned(channel, tape, place.leave)


def _decline(channel: Channel, tape: Tape, why: str) -> None:
    """Say goodbye before anything has run: as in a serial run, nothing does without what could not be opened."""
    told = {"trouble": why, "hook_failures": 0, "cleanup_errors": 0, "after_all_ran": False, "after_all_failed": False}
    channel.send({"is": "bye", "tape": tape.cut(), "aborted": True, **told})


def settle(pid_of_conductor: int) -> None:
    """Arrange signals right after the fork: a terminal's Ctrl-C reaches the conductor alone, which hands it on once."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # forgets one that has come while we were in the conductor's group
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    hear_interruptions()
    if os.getppid() != pid_of_conductor:
        os._exit(1)  # it died before we could ask to die with it


def _take_streams(tape: Tape) -> None:
    """Put recorded streams in the place of the inherited ones, whose locks a thread of the parent may have held."""
    before = {id(sys.stdout): TapeStream(tape, "out", sys.stdout), id(sys.stderr): TapeStream(tape, "err", sys.stderr)}
    for handler in logging.getLogger().handlers:
        if isinstance(handler, logging.StreamHandler) and id(handler.stream) in before:
            handler.stream = before[id(handler.stream)]
    sys.stdout, sys.stderr = before[id(sys.stdout)], before[id(sys.stderr)]
    sys.__stderr__ = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")  # type: ignore[misc]


def _trouble(leave: Callable[[], object]) -> str:
    try:
        leave()
    except Exception as error:  # noqa: BLE001 - whatever it is, the conductor is told
        return str(error) or type(error).__name__
    return ""
