"""Keeping secrets out of what hooks and whoever else prints, on its way to a terminal or to the log of a CI server."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, Any, Final, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LONGEST: Final = 65_536  # characters of a line that does not end: then it goes out as far as it is
_NAMES: Final = ("stdout", "stderr")


class CleanStream:
    """Passes on what is written, without secrets: every line once it is whole, or as far as it is when it is flushed.

    In everything else it is the stream behind it. What is written past it (to its `buffer`, to its file descriptor)
    stays as it is.
    """

    def __init__(self, stream: TextIO, clean: Callable[[str], str]) -> None:
        self._stream, self._clean = stream, clean
        self._begun = ""
        self._lock = threading.RLock()  # a signal may print while a line is being printed

    def write(self, text: str) -> int:
        """Take the text; its lines go out, and the beginning of another one waits for its end."""
        with self._lock:
            lines, ends, begun = (self._begun + text).rpartition("\n")
            self._begun = begun
            if ends:
                self._stream.write(self._clean(lines) + ends)
            if len(begun) > _LONGEST or "\r" in begun:  # a carriage return ends what one sees
                self._pass_on()
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write one after the other."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Let everything out."""
        with self._lock:
            self._pass_on()
            self._stream.flush()

    def _pass_on(self) -> None:
        begun, self._begun = self._begun, ""
        if begun:
            self._stream.write(self._clean(begun))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the stream has
        return getattr(self._stream, name)


class CleanOutput:
    """Standard output and error without secrets while it is open.

    What behave has captured goes another way, and its formatters write to what they have opened before. Where somebody
    else has put a stream of his own in place of Python's, it stays.
    """

    def __init__(self, clean: Callable[[str], str]) -> None:
        self._clean = clean
        self._ours: dict[str, CleanStream] = {}

    def open(self) -> None:
        """Clean what is printed from now on."""
        for name in _NAMES:
            stream: TextIO | None = getattr(sys, f"__{name}__")
            if stream is not None and getattr(sys, name) is stream:
                self._ours[name] = CleanStream(stream, self._clean)
                setattr(sys, name, cast("TextIO", self._ours[name]))

    def close(self) -> None:
        """Put back what was there, unless somebody else has replaced ours; a second time does nothing."""
        for name, ours in self._ours.items():
            if getattr(sys, name) is ours:
                setattr(sys, name, getattr(sys, f"__{name}__"))
        while self._ours:
            self._ours.popitem()[1].flush()
