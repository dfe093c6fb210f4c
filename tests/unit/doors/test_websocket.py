from __future__ import annotations

import socket
import struct
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from support.doors._websocket import WebSocket

if TYPE_CHECKING:
    from collections.abc import Callable


def serving(answer: Callable[[socket.socket], None]) -> int:
    """The port of a server that does this with its first connection, after the handshake was read."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        with listener, listener.accept()[0] as wire:
            received = b""
            while not received.endswith(b"\r\n\r\n"):
                received += wire.recv(1)
            answer(wire)

    threading.Thread(target=serve, daemon=True).start()
    return int(listener.getsockname()[1])


def echo(wire: socket.socket) -> None:
    """Send every text back, in two frames with a ping between them."""
    wire.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
    stream = wire.makefile("rb")
    while len(head := stream.read(2)) == 2 and head[0] == 0x81:
        size = head[1] & 0x7F
        size = int.from_bytes(stream.read({126: 2, 127: 8}.get(size, 0)), "big") if size > 125 else size
        mask, masked = stream.read(4), stream.read(size)
        text = bytes(byte ^ mask[place % 4] for place, byte in enumerate(masked))
        for first, part in ((0x01, text[: size // 2]), (0x89, b"hi"), (0x80, text[size // 2 :])):
            length = bytes([len(part)]) if len(part) < 126 else b"\x7f" + struct.pack("!Q", len(part))
            wire.sendall(bytes([first]) + length + part)
        assert stream.read(2 + 4 + 2)[0] == 0x8A, "a ping is answered by a pong"
    stream.close()


@pytest.mark.parametrize("size", [1, 200, 70_000])
def test_values_of_any_size_go_and_come(size: int) -> None:
    """One-byte, two-byte and eight-byte lengths, split frames and pings between them are understood."""
    wire = WebSocket(serving(echo), "/devtools")
    wire.send({"value": "x" * size})
    assert wire.receive() == {"value": "x" * size}
    wire.close()


def test_the_end_of_the_other_side_is_none() -> None:
    """A closed connection gives None, at a frame's end as in its middle."""
    for last_words in (b"", b"\x88\x00", b"\x81"):
        answer = b"HTTP/1.1 101 Switching Protocols\r\n\r\n" + last_words
        wire = WebSocket(serving(partial(_say, answer)), "/")
        assert wire.receive() is None
        wire.close()


def _say(words: bytes, wire: socket.socket) -> None:
    wire.sendall(words)


def test_a_server_of_another_kind_is_refused() -> None:
    """An answer that is no upgrade is a ConnectionError that shows it."""
    with pytest.raises(ConnectionError, match="404"):
        WebSocket(serving(lambda wire: wire.sendall(b"HTTP/1.1 404 Not Found\r\n\r\n")), "/")
