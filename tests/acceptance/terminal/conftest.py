"""Tiny suites whose progress is read from a pipe, or from a terminal that is none."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.conftest import ROOT, Suite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FORMATTER = "support.reporting:ProgressFormatter"
STEPS = '''
    import pathlib, threading
    from behave import given

    @given("somebody waits until the test has seen enough")
    def waits(context):
        """Go on once the test says so; after a minute without it, fail."""
        for _ in range(1200):
            if pathlib.Path("seen").exists():
                return
            threading.Event().wait(0.05)
        raise TimeoutError("the test has not seen what it waits for")

    @given("it says {words}")
    def says(context, words):
        """Fail with these words."""
        raise AssertionError(words.encode().decode("unicode_escape"))
'''
_CONTROL = re.compile(r"\x1b\[[0-9;]*[mK]")


@dataclass
class Terminal:
    """A pseudo terminal in which behave runs; `text` is what it was sent so far."""

    process: subprocess.Popen[bytes]
    descriptor: int
    text: str = ""

    def read_until(self, pattern: str, timeout: float = 60.0) -> re.Match[str]:
        """Read until something is shown; it fails with all that was shown if it is not."""
        deadline = time.monotonic() + timeout
        while not (found := re.search(pattern, self.text)):
            assert self._read(deadline), f"{pattern!r} was not shown in {self.text!r}"
        return found

    def read_all(self, timeout: float = 60.0) -> int:
        """Read until the process ends; its exit status."""
        deadline = time.monotonic() + timeout
        while self._read(deadline):
            pass
        return self.process.wait(timeout)

    @property
    def left(self) -> list[str]:
        """The lines that somebody sees in the end, without colours."""
        shown = [""]
        for part in re.split(r"(\r\n|\n|\r|\x1b\[2K)", self.text):
            if part.endswith("\n"):
                shown.append("")
            elif part == "\x1b[2K":
                shown[-1] = ""
            elif part != "\r" and part:
                shown[-1] = _CONTROL.sub("", part)
        return [line.rstrip() for line in shown if line.strip()]

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self.descriptor], [], [], max(0.0, deadline - time.monotonic()))
        data = b""
        with contextlib.suppress(OSError):  # Linux says that the other side has closed by an error
            data = os.read(self.descriptor, 65536) if ready else b""
        self.text += data.decode("utf-8", "replace")
        return bool(data)


class ToldSuite(Suite):
    """A suite that is told by our formatter."""

    def told(self, *words: str, runner: str = "support.execution:Runner") -> subprocess.CompletedProcess[str]:
        """Run it with its output in a pipe."""
        return self.behave("-f", FORMATTER, "--no-summary", *words, runner=runner)

    @contextlib.contextmanager
    def in_terminal(self, *words: str, columns: int = 80, **environment: str) -> Iterator[Terminal]:
        """Run it in a terminal of so many columns."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        command = [sys.executable, "-m", "behave", "-r", "support.execution:Runner", "-f", FORMATTER, "--no-summary"]
        around = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        around |= {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"} | environment
        process = subprocess.Popen(
            [*command, *words], cwd=self.folder, env=around, stdin=theirs, stdout=theirs, stderr=theirs
        )
        os.close(theirs)
        try:
            yield Terminal(process, ours)
        finally:
            process.kill()
            process.wait()
            os.close(ours)

    def go_on(self) -> None:
        """Let the scenario that waits go on."""
        (self.folder / "seen").touch()


@pytest.fixture
def suite(tmp_path: Path) -> ToldSuite:
    """A suite with steps and no features."""
    made = ToldSuite(tmp_path)
    made.write("features/steps/more.py", STEPS)
    return made
