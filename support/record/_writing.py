"""Writing a record so that a run killed at any moment leaves a readable one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import is_dataclass
from typing import TYPE_CHECKING, Any, Final

from ..core import JsonCleaner, RehearsalError
from ._lines import TYPES, Amendment, Entry, RunStarted, ScenarioRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_TYPE_OF: Final = {kind: name for name, kind in TYPES.items()}


def _plain(value: Any) -> object:  # noqa: ANN401 - JSON has no better type
    """Make of a value that JSON lacks one that it has: dataclasses and mappings become objects, others text."""
    if is_dataclass(value):
        return getattr(value, "__dict__", None) or {name: getattr(value, name) for name in value.__dataclass_fields__}
    return dict(value) if isinstance(value, Mapping) else str(value)


_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain).encode


@contextmanager
def told(path: Path) -> Iterator[None]:
    """While something is written below a run's folder: what prevents it is an error of ours, with the path."""
    try:
        yield
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}. Make room there, or name another: -D reports or --into."
        raise RehearsalError(msg) from error


def put(path: Path, content: bytes) -> None:
    """Replace a file: a reader, or a kill, meets the old one or the new one and no half of it."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _opened(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)


class RecordWriter:
    """Appends lines to a record: each is one write to the system, so that threads and processes may share a file.

    `clean` keeps secrets out of what the runner amends; whoever writes anything else has cleaned it before.
    """

    def __init__(self, path: Path, clean: Callable[[str], str] = str) -> None:
        self.path, self.clean = path, clean
        self._written: dict[str, str] = {}
        with told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = _opened(path)

    @property
    def written(self) -> Mapping[str, str]:
        """The last status written of each scenario by its id; empty for those that are planned and have none yet."""
        return self._written

    def write(self, entry: Entry) -> None:
        """Append one line. When this returns, the operating system has it: killing the run loses it no more."""
        line = _ENCODE({"type": _TYPE_OF[type(entry)], **vars(entry)})
        left = memoryview(line.encode("utf-8", "backslashreplace") + b"\n")
        while left:  # a local file takes the whole line at once; only a full disk or a signal makes it two
            with told(self.path):
                left = left[os.write(self._file, left) :]
        if isinstance(entry, ScenarioRecord | Amendment):
            self._written[entry.scenario_id] = entry.status
        elif isinstance(entry, RunStarted):
            self._written.update((plan.scenario_id, "") for plan in entry.scenarios)

    def clean_again(self, clean: Callable[[str], str]) -> None:
        """Write the whole record anew, every text in it cleaned; nobody else may write meanwhile."""
        text = self.path.read_text(encoding="utf-8", errors="replace")
        with told(self.path):
            put(self.path, JsonCleaner(clean).lines(text).encode("utf-8", "backslashreplace"))
            os.close(self._file)
            self._file = _opened(self.path)

    def copy(self, lines: Iterable[tuple[str, bytes]]) -> set[str]:
        """Append lines of another record as they are; the names that came with them, but for the empty one."""
        names = set()
        with told(self.path), self.path.open("ab") as file:  # closing writes, too
            for name, line in lines:
                names.add(name)
                file.write(line + b"\n")
        return names - {""}

    def drain(self) -> Mapping[str, str]:
        """What `written` holds; from now on it holds what is written from now on."""
        found, self._written = self._written, {}
        return found

    def note(self, written: Mapping[str, str]) -> None:
        """Know what another process has written, which shares the file."""
        self._written.update(written)

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
