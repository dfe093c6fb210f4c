"""Where progress is shown: a terminal that can be drawn on, or a log that grows."""

from __future__ import annotations

import os
import time
from collections import Counter
from typing import TYPE_CHECKING, Final, Protocol, TextIO

from ._paint import BOLD, COLOURS, FAINT, painter
from ._plain_text import cells, fitted, lasting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..record import Verdict
    from ._durations import Estimate

_MARKS: Final[Mapping[Verdict, str]] = {
    "passed": "✓",
    "flaky": "~",
    "failed": "✗",
    "broken": "!",
    "skipped": "-",
    "not run": "?",
}
_WORST_FIRST: Final[Sequence[Verdict]] = ("failed", "broken", "flaky", "passed", "skipped", "not run")
_QUIET_FOR: Final = 30.0  # many CI servers end a job that says nothing for some minutes
_FRAME: Final = 0.25
_NARROWEST: Final = 20
_USUAL: Final = 80
_ERASE: Final = "\r\x1b[2K"


class Screen(Protocol):
    """What shows how the run is going; every text that it is given is one visible line."""

    pause: float
    """Seconds between two ticks."""

    def start(self, estimate: Estimate) -> None:
        """The first feature begins."""

    def begin(self, title: str) -> None:
        """A scenario begins."""

    def tick(self, seconds: float, step: str) -> None:
        """The scenario has been running so long, and is in that step."""

    def scenario(self, verdict: Verdict, title: str, seconds: float, place: str, why: str) -> None:
        """A scenario has ended."""

    def feature(self, title: str, verdicts: Sequence[Verdict], seconds: float) -> None:
        """A feature has ended."""

    def side_by_side(self, estimate: Estimate, bad: int, running: Sequence[str], jobs: int) -> None:
        """Several scenarios are running, by worker; so far, so many went badly, whether told or not."""

    def close(self) -> None:
        """Nothing more will come."""


def screen(stream: TextIO) -> Screen:
    """The one that suits where the stream leads."""
    if stream.isatty() and os.environ.get("TERM", "") not in {"", "dumb"}:
        return LiveScreen(stream)
    return PlainScreen(stream)


class PlainScreen:
    """A line for each scenario; no colours, no control characters."""

    pause = _QUIET_FOR

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._title, self._number = stream, "", 0
        self._written = time.monotonic()
        self._estimate: Estimate | None = None

    def start(self, estimate: Estimate) -> None:
        """Number the lines from here."""
        self._estimate = estimate

    def begin(self, title: str) -> None:
        """Remember what to say if it takes long."""
        self._title = title

    def tick(self, seconds: float, step: str) -> None:
        """Say that it goes on, once it has for long."""
        if seconds >= self.pause:
            self._write(f"... running for {lasting(seconds)}: {self._title}{f' ({step})' if step else ''}")

    def scenario(self, verdict: Verdict, title: str, seconds: float, place: str, why: str) -> None:
        """One line, and a second one with what went wrong."""
        told = verdict.upper() if verdict in {"failed", "broken"} else verdict
        more = f"\n        {why}" if why else ""
        self._write(f"{self._count()} {told:7} {lasting(seconds):>9}  {title}  ({place}){more}")

    def feature(self, title: str, verdicts: Sequence[Verdict], seconds: float) -> None:
        """Its scenarios have said it all."""

    def side_by_side(self, estimate: Estimate, bad: int, running: Sequence[str], jobs: int) -> None:
        """Say how it stands, once nothing was said for long."""
        if time.monotonic() - self._written >= self.pause:
            told = [f"{bad} bad"] * bool(bad) + [left_in_words(estimate, jobs)] * (estimate.left is not None)
            self._write(", ".join([f"... {estimate.ended}/{estimate.total} have run", *told, *running]))

    def close(self) -> None:
        """The last line ends as every other."""

    def _count(self) -> str:
        """Which scenario of how many; without a plan, which line."""
        self._number += 1
        if self._estimate is None or not (total := self._estimate.total):
            return f"[{self._number}]"
        return f"[{self._estimate.ended:>{len(str(total))}}/{total}]"

    def _write(self, line: str) -> None:
        self._written = time.monotonic()
        self._stream.write(encodable(line, self._stream) + "\n")
        self._stream.flush()


class LiveScreen:
    """Lines for what has ended, and below them one that is drawn anew: how far it is, and what runs.

    After drawing, the cursor stands at the beginning of that line, so that whoever else prints writes over it.
    """

    pause = _FRAME

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._paint = stream, painter(stream)
        self._title, self._begun, self._drawn = "", time.monotonic(), 0.0
        self._counts = Counter[str]()
        self._estimate: Estimate | None = None
        self._bad, self._jobs, self._running = 0, 1, ""

    def start(self, estimate: Estimate) -> None:
        """The clock starts."""
        self._estimate, self._begun = estimate, time.monotonic()

    def begin(self, title: str) -> None:
        """Show it, but not oftener than an eye can see."""
        self._title = title
        if time.monotonic() - self._drawn >= _FRAME:
            self.tick(0.0, "")

    def tick(self, seconds: float, step: str) -> None:
        """Draw the line that stays at the bottom."""
        self._drawn = time.monotonic()
        columns = _columns(self._stream) - 1  # a full line would wrap
        head = self._head()
        plain = "  ".join(text for text, _ in head)
        shown = fitted(plain, columns)
        painted = "  ".join(self._paint(*each) for each in head) if shown == plain else shown
        now = self._running or f"{self._title} ({lasting(seconds)}{', ' + step if step and seconds >= 1 else ''})"
        rest = columns - cells(shown) - 2
        tail = f"  {self._paint(fitted(now, rest), FAINT)}" if rest >= _NARROWEST else ""
        self._write(f"{_ERASE}{painted}{tail}\r")

    def scenario(self, verdict: Verdict, title: str, seconds: float, place: str, why: str) -> None:
        """Nothing if it passed: its feature will say so."""
        self._counts[verdict] += 1
        if verdict in {"failed", "broken"}:
            self._line(verdict, title, lasting(seconds), bold=True)
            for line in filter(None, (why, place)):
                self._row("    ", line, "", FAINT if line == place else COLOURS[verdict])

    def feature(self, title: str, verdicts: Sequence[Verdict], seconds: float) -> None:
        """One line with what became of its scenarios."""
        if not verdicts:
            return
        counts = Counter(verdicts)
        worst = next(each for each in _WORST_FIRST if counts[each])
        told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items())
        self._line(worst, title, f"{told}  {lasting(seconds):>6}", bold=False)

    def side_by_side(self, estimate: Estimate, bad: int, running: Sequence[str], jobs: int) -> None:
        """Draw how it stands, and what runs where, in place of the scenario that is told just now."""
        self._estimate, self._bad, self._jobs, self._running = estimate, bad, jobs, "  ".join(running)
        self.tick(0.0, "")

    def close(self) -> None:
        """Leave nothing at the bottom."""
        self._write(_ERASE)

    def _head(self) -> list[tuple[str, str]]:
        """How far it is: texts and their colours."""
        estimate = self._estimate
        if estimate and estimate.total:
            of_all = f"{estimate.ended}/{estimate.total}"
        else:
            of_all = str(sum(self._counts.values()))
        bad = [(f"{self._counts[each]} {each}", COLOURS[each]) for each in ("failed", "broken") if self._counts[each]]
        if untold := self._bad - sum(self._counts[each] for each in ("failed", "broken")):
            bad += [(f"{untold} more bad", COLOURS["broken"])] * (untold > 0)
        elapsed = lasting(time.monotonic() - self._begun)
        known = estimate is not None and estimate.left is not None
        time_left = f"{elapsed}, {left_in_words(estimate, self._jobs)}" if estimate and known else elapsed
        return [(of_all, BOLD), *bad, (time_left, FAINT)]

    def _line(self, verdict: Verdict, title: str, right: str, *, bold: bool) -> None:
        self._row(self._paint(self._mark(verdict), COLOURS[verdict]) + " ", title, right, BOLD if bold else "")

    def _row(self, left: str, title: str, right: str, colour: str) -> None:
        """A line with something at its right edge, where there is room for it."""
        room = _columns(self._stream) - 5
        if room - cells(right) - 2 >= _NARROWEST:
            room -= cells(right) + 2
        else:
            right = ""
        shown = fitted(encodable(title, self._stream), room)
        gap = " " * (room - cells(shown) + 2) if right else ""
        self._write(f"{_ERASE}{left}{self._paint(shown, colour) if colour else shown}{gap}{right}\n")

    def _mark(self, verdict: Verdict) -> str:
        mark = _MARKS[verdict]
        return mark if encodable(mark, self._stream) == mark else {"passed": "+", "failed": "x"}.get(verdict, mark)

    def _write(self, text: str) -> None:
        self._stream.write(encodable(text, self._stream))
        self._stream.flush()


def left_in_words(estimate: Estimate, jobs: int) -> str:
    """How long the rest will take where so many run side by side."""
    return f"about {lasting(max((estimate.left or 0.0) / jobs, 1))} left"


def encodable(text: str, stream: TextIO) -> str:
    """The text, what the stream cannot write spelt out."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    return text if text.isascii() else text.encode(encoding, "backslashreplace").decode(encoding)


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except (OSError, ValueError):
        return _USUAL
