"""The runs before this one: one line each, however often the report of a run is made."""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, Final

from ...core import RehearsalError
from ...doors.provisioning import alone
from ._errors import AGAIN, ReportUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    Line = dict[str, Any]

_KEPT_RUNS: Final = 200
_PATIENCE: Final = 2.0  # seconds without a word; the lock is held as long as it takes to write a file
_LIMIT: Final = 30.0  # seconds after which the pages do without: no pipeline waits for a process that hangs
_LONGEST_MESSAGE: Final = 500  # characters; the whole of it is in the run's own report


class History:
    """The history file, as far as the run of these results is concerned: `ids` are those of its results in Allure."""

    def __init__(self, file: Path, results: Path, tell: Callable[[str], None]) -> None:
        self._file, self._tell = file, tell
        self._last: Line = {}
        self._ids = {_id(path.name.removesuffix("-result.json")) for path in results.glob("*-result.json")}

    def before(self, into: Path) -> int:
        """Write the runs before this one to a file, without its own line and what came later; how many there are."""
        lines = self._lines()
        own = self._own(lines)
        past = lines if own is None else lines[:own]
        _write(into, past)
        self._last = past[-1] if past else {}
        return len(past)

    def keep(self, made: Path, started: int) -> None:
        """Take over the line that Allure has appended to that file, with the time of the run instead of the report.

        Where another process holds the history for half a minute, the run's line is left out, and that is told.
        """
        line = self._appended(made)
        line["timestamp"] = started or line["timestamp"]
        line["uuid"] = _id(*sorted(self._ids))
        try:
            self._renew(line)
        except RehearsalError as error:
            self._tell(f"{error} This run's line is not in the history; add it: `{AGAIN}`.")

    def _renew(self, line: Line) -> None:
        """Write the line where it belongs, while nobody else writes."""
        with alone(self._file, self._tell, limit=_LIMIT - _PATIENCE, patience=_PATIENCE):
            lines = self._lines()
            own = self._own(lines)
            if own is None:
                lines.append(line)
            else:
                lines[own] = line
            _write(self._file, lines[-_KEPT_RUNS:])

    def _appended(self, made: Path) -> Line:
        """The line that Allure has appended to what it was given, briefer; ReportUnavailable if there is none."""
        lines = _lines_of(made)
        line: Line = json.loads(lines[-1]) if lines else {}
        if line == self._last:
            msg = f"Allure has appended no line of this run to the history ({len(lines)} lines, for {self._file})"
            raise ReportUnavailable.after(msg, (), f"Make the pages again: `{AGAIN}`.")
        return {**line, "testResults": {key: _brief(told) for key, told in line["testResults"].items()}}

    def _own(self, lines: Sequence[Line]) -> int | None:
        """The index of this run's line: it tells of one of the run's results."""
        for index, line in enumerate(lines):
            if any(told.get("id") in self._ids for told in line["testResults"].values()):
                return index
        return None

    def _lines(self) -> list[Line]:
        if not self._file.exists():
            return []
        found = []
        for number, text in enumerate(_lines_of(self._file), 1):
            try:
                line = json.loads(text)
                found.append({**line, "testResults": dict(line["testResults"])})
            except (ValueError, KeyError, TypeError):
                self._tell(f"{self._file}, line {number} is no line of a history; it is left out.")
        return found


def _lines_of(file: Path) -> list[str]:
    """The lines, which end at line feeds alone: Allure leaves other separators inside its strings."""
    return [line for line in file.read_text(encoding="utf-8", errors="replace").split("\n") if line.strip()]


def _brief(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """What trends need of a result: without its traceback, and with the beginning of its message."""
    kept = {key: value for key, value in told.items() if key != "trace"}
    return {**kept, "message": kept["message"][:_LONGEST_MESSAGE]} if kept.get("message") else kept


def _id(*words: str) -> str:
    """The id that Allure gives a result, from its uuid."""
    return hashlib.md5("".join(words).encode(), usedforsecurity=False).hexdigest()


def _write(file: Path, lines: Sequence[Line]) -> None:
    """Write the lines at one stroke: a reader meets the old file or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    with fresh.open("w", encoding="utf-8") as out:
        out.writelines(f"{json.dumps(line, separators=(',', ':'))}\n" for line in lines)
    fresh.replace(file)
