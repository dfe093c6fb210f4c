"""Asking the control process on one connection; from any thread, one question at a time."""

from __future__ import annotations

import itertools
import os
import socket
import threading
import time
from typing import TYPE_CHECKING, Any, Final

from . import _rpc
from ._folder import SOCKET

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SILENT_FOR: Final = 10.0
"""A control process that works on an answer says so every second; this long a silence means that it has stopped."""

_PIECE: Final = 1024 * 1024


class Talk:
    """A connection to a control process."""

    def __init__(self, line: socket.socket) -> None:
        self.line = line
        self._buffer, self._numbers, self._lock = bytearray(), itertools.count(1), threading.Lock()

    @classmethod
    def with_system(cls, folder: Path) -> Talk | None:
        """A connection to the control process of that folder, or None if there is none."""
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(str(folder / SOCKET))
        except (FileNotFoundError, ConnectionRefusedError):
            line.close()
            return None
        return cls(line)

    def ask(
        self,
        method: str,
        params: dict[str, object],
        *,
        silence: float | None = None,
        limit: float = float("inf"),
        progress: Callable[[str], None] = lambda _text: None,
    ) -> Any:  # noqa: ANN401 - any JSON value
        """The answer, or the error that it is; TimeoutError after so many seconds, or of silence.

        The answer to a question that was given up is dropped when it comes. ConnectionError if the other side is gone.
        """
        with self._lock:
            silence = SILENT_FOR if silence is None else silence
            number, end = next(self._numbers), time.monotonic() + limit
            self.line.settimeout(min(silence, limit))
            self.line.sendall(_rpc.request(number, method, params))
            while True:
                message = _rpc.parsed(self._next_line(min(end, time.monotonic() + silence)))
                if message.get("method") == "progress":
                    progress(message["params"]["text"])
                elif message.get("id") == number:
                    return _rpc.value_of(message)

    def close(self) -> None:
        """Hang up."""
        self.line.close()

    def forget(self) -> None:
        """In a forked child: let go of the connection, which is the parent's alone."""
        if self.line.fileno() >= 0:
            os.close(self.line.detach())

    def _next_line(self, end: float) -> bytes:
        start = 0
        while (found := self._buffer.find(b"\n", start)) < 0:
            start = len(self._buffer)
            self.line.settimeout(max(end - time.monotonic(), 0.001))
            piece = self.line.recv(_PIECE)
            if not piece:
                msg = "the connection was closed"
                raise ConnectionError(msg)
            self._buffer += piece
        line = bytes(self._buffer[:found])
        del self._buffer[: found + 1]
        return line
