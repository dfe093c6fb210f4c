"""Where a worker stands, readable by its conductor also after the worker was killed."""

from __future__ import annotations

import mmap
import struct
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ._results import Results

if TYPE_CHECKING:
    from ._outcome import Told

IDLE, OPENING, RUNNING, CLOSING = range(4)

_HEAD: Final = struct.Struct("<iiiiddd")
_MOMENT: Final = struct.Struct("<d")
_MOST_STEPS: Final = 500
_NEVER: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Place:
    """A phase, the number of the scenario or container it is about, the attempt, and the step (-1: none yet).

    `since` and `entered` are when the step and the phase began by `time.monotonic()`, which no one sets (`since` is
    infinite: none runs). `began` is when the phase did, `moments` are when the steps so far did, and `ended` is when
    this was read, all three by `time.time()`.
    """

    phase: int
    number: int
    attempt: int
    step: int
    since: float
    began: float
    moments: tuple[float, ...] = ()
    ended: float = 0.0
    entered: float = 0.0


class Position:
    """A piece of memory that a worker writes and its conductor reads. Writing costs less than a microsecond.

    A message for each step would wake the conductor up each time; nobody needs to know while everything goes well.
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _HEAD.size + _MOST_STEPS * _MOMENT.size)
        self.results = Results()
        self.enter(IDLE)

    def enter(self, phase: int, number: int = -1, attempt: int = 1) -> None:
        """A phase begins."""
        self._at, self._began = (phase, number, attempt), time.time()
        self._step = -1
        self.results.clear()
        self.rest(anew=True)

    def again(self) -> None:
        """The phase begins anew: behave's autoretry runs a scenario once more."""
        self.enter(*self._at)

    def rest(self, *, anew: bool = False) -> None:
        """The step has ended, and no other has begun; with `anew`, the time that the phase has begins anew."""
        if anew:
            self._entered = time.monotonic()
        self._write(_NEVER)

    def step(self, index: int) -> None:
        """A step of the running scenario begins."""
        self._step = index
        if index < _MOST_STEPS:
            _MOMENT.pack_into(self._memory, _HEAD.size + index * _MOMENT.size, time.time())
        self._write(time.monotonic())

    def failed(self, state: Told) -> None:
        """The step has gone badly, and has not ended: its hooks run."""
        self.results.note(self._step, state)

    def ended(self, step: int, state: Told) -> None:
        """A step has ended other than plainly passed."""
        self.results.note(step, state)
        self.rest()

    def read(self) -> Place:
        """Where the worker stands, or stood when it died."""
        phase, number, attempt, step, since, began, entered = _HEAD.unpack(self._head())
        known = range(min(step + 1, _MOST_STEPS))
        moments = (_MOMENT.unpack_from(self._memory, _HEAD.size + each * _MOMENT.size)[0] for each in known)
        return Place(phase, number, attempt, step, since, began, tuple(moments), time.time(), entered)

    def _write(self, since: float) -> None:
        """All at once: `pack_into` fills with zeros first, which a reader would take for long ago."""
        head = _HEAD.pack(*self._at, self._step, since, self._began, self._entered)
        self._memory[: _HEAD.size] = head

    def _head(self) -> bytes:
        """What stands there, and is not being written at this moment."""
        before, head = b"", self._memory[: _HEAD.size]
        while before != head:
            before, head = head, self._memory[: _HEAD.size]
        return head

    def close(self) -> None:
        """Give the memory back."""
        self._memory.close()
        self.results.close()
