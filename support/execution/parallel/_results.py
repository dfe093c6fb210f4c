"""How steps of a running scenario have ended that are not simply passed, readable also after its worker was killed."""

from __future__ import annotations

import json
import mmap
import struct
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ._outcome import Told

_USED: Final = struct.Struct("<I")
_ROOM: Final = 1 << 18  # the system gives as much of it as was ever used
_RESERVE: Final = 1 << 16  # for steps of which there is room for no more than how they ended
_ENCODE: Final = json.JSONEncoder(separators=(",", ":"), default=str).encode
_LOST: Final = "What it said is lost: the process that ran it died, and there was no room to keep it elsewhere."


class Results:
    """A piece of memory in which a worker notes results by the numbers of their steps, and its conductor reads them."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _ROOM)
        self._used = 0

    def clear(self) -> None:
        """A scenario begins."""
        if self._used:
            self._keep(0)

    def note(self, step: int, state: Told) -> None:
        """A step has ended in this state; of one that is too long, how it ended and that the rest is lost."""
        line = _ENCODE([step, state]).encode() + b"\n"
        if _USED.size + self._used + len(line) <= _ROOM - _RESERVE:
            self._write(line)
        elif state["status"] != "passed":
            self._write(_ENCODE([step, _lost(state)]).encode() + b"\n")

    def read(self) -> dict[int, Told]:
        """What was noted, as a whole, since the scenario began."""
        (used,) = _USED.unpack_from(self._memory)
        lines = self._memory[_USED.size : _USED.size + used].splitlines()
        return dict(json.loads(line) for line in lines)

    def close(self) -> None:
        """Give the memory back."""
        self._memory.close()

    def _write(self, line: bytes) -> None:
        begin = _USED.size + self._used
        if begin + len(line) <= _ROOM:
            self._memory[begin : begin + len(line)] = line
            self._keep(self._used + len(line))

    def _keep(self, used: int) -> None:
        """Last, and at once: what is half written is not there."""
        self._used = used
        _USED.pack_into(self._memory, 0, used)


def _lost(state: Told) -> Told:
    told = {"status": state["status"], "message": _LOST}
    return told | ({"error": state["error"] | {"text": _LOST, "trace": None}} if "error" in state else {})
