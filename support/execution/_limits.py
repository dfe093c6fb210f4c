"""How long a step and a scenario may take: what takes longer is broken off where it stands, and told as an error.

A timer of the process itself rings, so that the same holds with one job and with many, and so that nothing rings after
what it was about has ended; a signal from another process might. It rings only when a limit may have passed: a step
costs the reading of a clock.
"""

from __future__ import annotations

import signal
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import behave
from behave.matchers import Match
from behave.runner import ModelRunner

from ..core import ConfigurationError, RehearsalError

if TYPE_CHECKING:
    from types import FrameType

    from behave.model import Scenario

_TAG: Final = "limit:"
_SOON: Final = 0.05
_NEVER: Final = float("inf")
_LONGEST: Final = 86_400.0
"""A timer takes only so many seconds; one that rings too early is set anew."""
_MOST_RINGS: Final = 2
_BEHAVE: Final = str(Path(behave.__file__).parent)


class LimitPassed(RehearsalError):  # noqa: N818 - the name is the message
    """A step or a scenario took longer than it may."""


@dataclass(frozen=True)
class Limits:
    """The most seconds that a step and a scenario take; infinite if there is no limit."""

    step: float = _NEVER
    scenario: float = _NEVER

    def of(self, scenario: Scenario) -> float:
        """The limit of a scenario: by the nearest @limit:SECONDS of its own, its rule or feature, or the default."""
        around: Any = scenario
        while around is not None:
            found = [tag for tag in getattr(around, "tags", ()) if tag.startswith(_TAG)]
            if found:
                return _seconds(str(found[0]), scenario)
            around = around.parent
        return self.scenario


class Timekeeper:
    """Raises LimitPassed in the main thread, in the step or hook that runs when a limit passes.

    It uses the process's timer for real time (SIGALRM), unless the suite does.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._scenario = self._step = (_NEVER, _NEVER)
        self._depth = self._rings = 0
        self._works = limits != Limits() and _timer_is_free()

    @property
    def at_rest(self) -> bool:
        """Whether no step runs."""
        return self._depth == 0

    @property
    def rang(self) -> bool:
        """Whether something of this scenario was broken off."""
        return self._rings > 0

    def open(self) -> None:
        """Listen to the timer, from now on."""
        if self._works:
            signal.signal(signal.SIGALRM, self._ring)

    def close(self) -> None:
        """Leave the timer to others."""
        if self._works:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)

    def begin_scenario(self, scenario: Scenario) -> None:
        """A scenario begins, or begins again."""
        if self._works:
            limit = self._limits.of(scenario)
            self._scenario, self._step = (time.monotonic() + limit, limit), (_NEVER, _NEVER)
            self._depth = self._rings = 0
            self._wake(min(limit, self._limits.step))

    def end_scenario(self) -> None:
        """The scenario has ended, its own hooks too."""
        if self._works:
            self._scenario = (_NEVER, _NEVER)
            signal.setitimer(signal.ITIMER_REAL, 0)

    def begin_step(self) -> None:
        """A step begins, perhaps inside of another."""
        self._depth += 1
        if self._depth == 1:
            self._step = (time.monotonic() + self._limits.step, self._limits.step)

    def end_step(self) -> None:
        """A step has ended."""
        self._depth -= 1
        if self._depth == 0:
            self._step = (_NEVER, _NEVER)

    def _ring(self, _number: int, frame: FrameType | None) -> None:
        __tracebackhide__ = True  # what hangs is told, and not what noticed it
        now = time.monotonic()
        if self._rings >= _MOST_RINGS:
            return
        if now < min(self._scenario[0], self._step[0]):
            self._wake(min(self._scenario[0] - now, self._step[0] - now, self._limits.step))  # of a later step
        elif not _may_raise_in(frame):
            self._wake(_SOON)
        else:
            what, limit = ("step", self._step[1]) if now >= self._step[0] else ("scenario", self._scenario[1])
            self._anew(now)
            more = "-D step_limit=..." if what == "step" else "-D scenario_limit=..., or the tag @limit:SECONDS"
            msg = (
                f"The {what} took longer than its limit of {limit:g} s. Find what it waits for, or raise it by {more}."
            )
            raise LimitPassed(msg)

    def _anew(self, now: float) -> None:
        """Give the hooks that run now, and whoever does not heed the first time, the scenario's limit once more."""
        self._rings += 1
        self._scenario, self._step = (now + self._scenario[1], self._scenario[1]), (_NEVER, _NEVER)
        self._wake(min(self._scenario[1], self._limits.step))

    def _wake(self, seconds: float) -> None:
        if seconds < _NEVER:
            signal.setitimer(signal.ITIMER_REAL, min(max(seconds, 0.001), _LONGEST))


def _timer_is_free() -> bool:
    in_main = threading.current_thread() is threading.main_thread()
    return in_main and hasattr(signal, "setitimer") and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def _may_raise_in(frame: FrameType | None) -> bool:
    """Whether an error that is raised there is caught by behave: in a step, in a hook, or in a greenlet of these."""
    inner = None
    while frame is not None:
        if frame.f_code is Match.run.__code__:
            return True
        if frame.f_code is ModelRunner.run_hook.__code__:
            return inner is not None and not _is_machinery(inner)
        if frame.f_code is ModelRunner.run_model.__code__:
            return False
        inner, frame = frame, frame.f_back
    return True


def _is_machinery(frame: FrameType) -> bool:
    name = frame.f_code.co_filename
    return name.startswith(_BEHAVE) or name.endswith("contextlib.py")


def _seconds(tag: str, scenario: Scenario) -> float:
    try:
        found = float(tag.removeprefix(_TAG))
    except ValueError:
        found = -1.0
    if not 0 <= found < _NEVER:
        msg = f"@{tag} at {scenario.location} is no number of seconds. Write @{_TAG}30, or @{_TAG}0 for no limit."
        raise ConfigurationError(msg)
    return found or _NEVER
