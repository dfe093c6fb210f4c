"""What a scenario has left so far, for whoever must tell of it when its process was killed."""

from __future__ import annotations

import json
import os
import struct
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Final

from ._evidence import Action, Exhibit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ._identity import ScenarioIdentity

_HEAD: Final = struct.Struct("<II")
_ENCODE: Final = json.JSONEncoder(separators=(",", ":"), default=str).encode
_OF_ACTIONS: Final = tuple(each.name for each in fields(Action))
_OF_EXHIBITS: Final = tuple(each.name for each in fields(Exhibit) if each.name != "body")
_IN_THE_MIDDLE: Final = "The process ended in the middle of this."


@dataclass
class Left:
    """What one attempt at a scenario has left; the id is empty if none has begun."""

    scenario_id: str = ""
    attempt: int = 0
    exhibits: list[Exhibit] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)


class Journal:
    """The evidence of the scenario that runs, in a file without a name, shared by processes forked since.

    It holds what is redacted already, and goes with the last process that has it open.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open until `close`
        self._page: Page | None = None
        self._lock = threading.Lock()

    def begin(self, identity: ScenarioIdentity) -> Page:
        """An attempt begins: what the one before has left is forgotten, and what its threads still leave."""
        with self._lock:
            page = self._page = Page(self._file.fileno(), self._lock, self._is_open)
            os.ftruncate(self._file.fileno(), 0)
        page.write(["begin", identity.scenario_id, identity.attempt])
        return page

    def read(self) -> Left:
        """What is there; nothing of an entry in whose middle the writer died."""
        left = Left()
        for (kind, which, what), body in self._entries():
            if kind == "begin":
                left.scenario_id, left.attempt = which, what
            elif kind == "action":
                left.actions[which : which + 1] = [Action(**what)]
            else:
                left.exhibits.append(Exhibit(body=body if which else body.decode("utf-8", "surrogatepass"), **what))
        return left

    def close(self) -> None:
        """Let go of the file; no page is open any more."""
        self._page = None
        self._file.close()

    def _is_open(self, page: Page) -> bool:
        return self._page is page

    def _entries(self) -> Iterator[tuple[list[Any], bytes]]:
        number, at = self._file.fileno(), 0
        content = os.pread(number, os.fstat(number).st_size, 0)
        while at + _HEAD.size <= len(content):
            told, body = _HEAD.unpack_from(content, at)
            begin, at = at + _HEAD.size, at + _HEAD.size + told + body
            if at <= len(content):
                yield json.loads(content[begin : begin + told]), content[begin + told : at]


class Page:
    """What one attempt leaves in a journal, as long as it is open there: until the next one begins.

    Who begins the attempt writes. What cannot be written (the disk is full, say) is not there afterwards; the scenario
    goes on.
    """

    def __init__(self, file: int, lock: threading.Lock, is_open: Callable[[Page], bool]) -> None:
        self._file, self._lock, self._is_open = file, lock, is_open
        self._writer, self._end = os.getpid(), 0

    def exhibit(self, exhibit: Exhibit) -> None:
        """Write down one exhibit, as it was redacted."""
        body, binary = exhibit.body, isinstance(exhibit.body, bytes)
        content = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
        self.write(["exhibit", binary, {name: getattr(exhibit, name) for name in _OF_EXHIBITS}], content)

    def action(self, index: int, action: Action, *, ended: bool) -> None:
        """Write down an action that begins, and once more when it has ended."""
        if not ended:
            action = replace(action, status="broken", error=_IN_THE_MIDDLE)
        self.write(["action", index, {name: getattr(action, name) for name in _OF_ACTIONS}])

    def write(self, told: list[Any], body: bytes = b"") -> None:
        """Write down one entry."""
        if os.getpid() != self._writer:
            return  # a process that a step has forked leaves nothing in its scenario's evidence
        with self._lock, suppress(OSError, TypeError, ValueError):
            line = _ENCODE(told).encode()
            entry = b"".join((_HEAD.pack(len(line), len(body)), line, body))
            if not self._is_open(self):
                return
            if os.pwrite(self._file, entry, self._end) == len(entry):
                self._end += len(entry)
            else:
                os.ftruncate(self._file, self._end)
