"""What is printed while a run is open."""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from support.core import REDACTED, CleanOutput, Redactor
from support.core._redaction_output import CleanStream

if TYPE_CHECKING:
    import pytest

CANARY = "tea-time-canary"


class Terminal(io.StringIO):
    """A stream that says it is a terminal, and notes each text that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def isatty(self) -> bool:
        """It is one."""
        return True

    def write(self, text: str) -> int:
        """Note it."""
        self.given.append(text)
        return super().write(text)


def stream(terminal: Terminal) -> CleanStream:
    """A clean stream in front of it."""
    return CleanStream(terminal, Redactor(secrets=[CANARY]).text)


def test_a_line_goes_out_clean_once_it_is_whole() -> None:
    """Also one that is written in pieces, with a secret across them; colours stay."""
    terminal = Terminal()
    clean = stream(terminal)
    for piece in ("\x1b[31mthe ", CANARY[:5], CANARY[5:], "\x1b[0m\npassw", "ord=hunter2\n"):
        clean.write(piece)
    assert terminal.given == [f"\x1b[31mthe {REDACTED}\x1b[0m\n", f"password={REDACTED}\n"]


def test_what_has_no_end_goes_out_when_it_is_flushed() -> None:
    """Dots of progress, a prompt, a line that is drawn anew: nothing waits for a line that never ends."""
    terminal = Terminal()
    clean = stream(terminal)
    clean.write(".")
    assert terminal.given == []
    clean.flush()
    clean.write("50%\r")
    clean.write("x" * 70_000)
    assert terminal.given == [".", "50%\r", "x" * 70_000]


def test_it_is_the_stream_behind_it_in_everything_else() -> None:
    """Whoever asks for colours, an encoding or lines gets what the terminal says."""
    terminal = Terminal()
    clean = stream(terminal)
    clean.writelines([f"{CANARY}\n", "b\n"])
    print("by print", CANARY, sep="\t", file=clean)
    assert (clean.isatty(), clean.encoding, clean.closed) == (True, terminal.encoding, False)
    assert terminal.getvalue() == f"{REDACTED}\nb\nby print\t{REDACTED}\n"


def test_threads_lose_nothing() -> None:
    """Whatever is written at the same time comes out once."""
    terminal = Terminal()
    clean = stream(terminal)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            list(threads.map(clean.write, "." * 20_000))
    finally:
        sys.setswitchinterval(before)
    clean.flush()
    assert len(terminal.getvalue()) == 20_000


def test_the_streams_are_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the run everything is as it was before, and what was begun has gone out."""
    terminal = Terminal()
    for name in ("stdout", "__stdout__", "stderr", "__stderr__"):
        monkeypatch.setattr(sys, name, terminal)
    output = CleanOutput(Redactor(secrets=[CANARY]).text)
    output.open()
    print(CANARY, end="")  # noqa: T201 - as a hook does
    assert sys.stdout is not terminal
    output.close()
    output.close()
    assert sys.stdout is sys.stderr is terminal
    assert terminal.getvalue() == REDACTED


def test_the_stream_of_somebody_else_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that was there before is not wrapped, and one that came after is not taken away."""
    theirs, pythons = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", theirs)
    monkeypatch.setattr(sys, "stderr", pythons)
    monkeypatch.setattr(sys, "__stderr__", pythons)
    output = CleanOutput(str)
    output.open()
    assert sys.stdout is theirs
    sys.stderr = theirs
    output.close()
    assert sys.stderr is theirs
