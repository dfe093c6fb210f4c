"""The client's half of WebSocket (RFC 6455), as far as a browser on this machine asks for it: JSON texts, no TLS."""

from __future__ import annotations

import base64
import json
import os
import socket
import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_TWO_BYTES, _EIGHT_BYTES = 126, 127  # what the length field says when the length follows it
_CONNECT_LIMIT = 3.0


class WebSocket:
    """Sends and receives JSON values; one thread may send while another receives."""

    def __init__(self, port: int, path: str) -> None:
        self._wire = socket.create_connection(("127.0.0.1", port), _CONNECT_LIMIT)
        self._incoming = self._wire.makefile("rb")
        key = base64.b64encode(os.urandom(16)).decode()
        self._wire.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        status = self._incoming.readline()
        if b" 101 " not in status:
            self.close()
            msg = f"no WebSocket at port {port}: {status!r}"
            raise ConnectionError(msg)
        while self._incoming.readline().strip():
            pass
        self._wire.settimeout(None)

    def send(self, value: Mapping[str, Any]) -> None:
        """Send one value."""
        self._frame(_TEXT, json.dumps(value).encode())

    def receive(self) -> Any:  # noqa: ANN401 - JSON is what it is
        """The next value; None when the other side has closed."""
        content = b""
        while len(head := self._incoming.read(2)) == 2:  # noqa: PLR2004 - a frame begins with two bytes
            kind, part = head[0] & 0x0F, self._incoming.read(self._length(head[1] & 0x7F))
            if kind == _CLOSE:
                return None
            if kind == _PING:
                self._frame(_PONG, part)
            elif kind != _PONG:
                content += part
                if head[0] & 0x80:
                    return json.loads(content)
        return None

    def close(self) -> None:
        """Close the connection; a thread that is receiving gets None."""
        with suppress(OSError):  # the other side may have been first
            self._wire.shutdown(socket.SHUT_RDWR)
        self._incoming.close()
        self._wire.close()

    def _length(self, told: int) -> int:
        if told == _TWO_BYTES:
            return int.from_bytes(self._incoming.read(2), "big")
        return int.from_bytes(self._incoming.read(8), "big") if told == _EIGHT_BYTES else told

    def _frame(self, kind: int, content: bytes) -> None:
        size = len(content)
        if size < _TWO_BYTES:
            length = bytes([0x80 | size])
        elif size < 1 << 16:
            length = bytes([0x80 | _TWO_BYTES]) + struct.pack("!H", size)
        else:
            length = bytes([0x80 | _EIGHT_BYTES]) + struct.pack("!Q", size)
        mask = os.urandom(4)
        pad = (mask * (size // 4 + 1))[:size]
        masked = (int.from_bytes(content, "big") ^ int.from_bytes(pad, "big")).to_bytes(size, "big")
        self._wire.sendall(bytes([0x80 | kind]) + length + mask + masked)
