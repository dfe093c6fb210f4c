"""Messages between the conductor and its workers: JSON lines over a connection, whatever carries it."""

from __future__ import annotations

import json
import socket
from collections import deque
from contextlib import suppress
from typing import Any, Final, TypeAlias

from ._undisturbed import undisturbed

Message: TypeAlias = dict[str, Any]

_AT_ONCE: Final = 1 << 18
_ENCODE: Final = json.JSONEncoder(separators=(",", ":"), default=str).encode


class Channel:
    """One end of a connection; a message is one line of JSON."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._rest = list[bytes]()
        self._come: deque[Message] = deque()

    def fileno(self) -> int:
        """For `select`."""
        return self._connection.fileno()

    def send(self, message: Message) -> None:
        """Hand one message over, as a whole; OSError if nobody is there any more."""
        line = _ENCODE(message).encode() + b"\n"
        with undisturbed():
            self._connection.sendall(line)

    def receive(self) -> Message:
        """The next message, whenever it comes; EOFError if none will."""
        while not self._come:
            self._come.extend(self.read())
        return self._come.popleft()

    def read(self, *flags: int) -> list[Message]:
        """All messages that are complete, waiting for the first bytes; EOFError if the other end is gone."""
        try:
            found = self._connection.recv(_AT_ONCE, *flags)
        except ConnectionError:
            found = b""
        if not found:
            raise EOFError
        first, *others = found.split(b"\n")
        self._rest.append(first)
        if not others:
            return []
        lines = [b"".join(self._rest), *others[:-1]]
        self._rest = others[-1:]
        return [json.loads(line) for line in lines]

    def drain(self) -> list[Message]:
        """What has come and was not read, without waiting for more."""
        found = [*self._come]
        self._come.clear()
        with suppress(EOFError, BlockingIOError):
            while True:
                found += self.read(socket.MSG_DONTWAIT)
        return found

    def close(self) -> None:
        """Let go of this end."""
        self._connection.close()
