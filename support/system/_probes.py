"""Whether a server answers in its own protocol: each raises OSError or EOFError while it does not."""

from __future__ import annotations

import asyncio
import contextlib
import struct
from typing import TYPE_CHECKING, Final

from ._ports import HOST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_HTTP_OK: Final = 200
_PROTOCOL_3: Final = 196608


async def tcp(port: int) -> None:
    """Something accepts connections."""
    async with _connection(port):
        pass


async def http(port: int, path: str) -> None:
    """The path answers 200."""
    async with _connection(port) as (reader, writer):
        writer.write(f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = await reader.read(4096)
        status = answer.split(b" ", 2)[1:2]
        if status != [str(_HTTP_OK).encode()]:
            head, _, body = answer.decode(errors="replace").partition("\r\n\r\n")
            msg = f"GET {path} answers {head.partition(chr(13))[0] or 'nothing'!r} {body[:200].strip()}".strip()
            raise ConnectionError(msg)


async def smtp(port: int) -> None:
    """An SMTP server greets."""
    await _expect(port, b"", b"220")


async def valkey(port: int) -> None:
    """PING is answered: +PONG, so loading is over."""
    await _expect(port, b"PING\r\n", b"+PONG")


async def postgresql(port: int) -> None:
    """The server lets a client in (R: authentication), so recovery is over."""
    body = struct.pack("!i", _PROTOCOL_3) + b"user\0postgres\0database\0postgres\0\0"
    await _expect(port, struct.pack("!i", len(body) + 4) + body, b"R")


async def nats(port: int) -> None:
    """JetStream answers a request."""
    async with _connection(port) as (reader, writer):
        writer.write(b'CONNECT {"verbose":false}\r\nSUB _probe 1\r\nPUB $JS.API.INFO _probe 0\r\n\r\nPING\r\n')
        while line := await reader.readline():
            if line.startswith(b"MSG"):
                return
    msg = "JetStream does not answer"
    raise ConnectionError(msg)


async def _expect(port: int, question: bytes, answer: bytes) -> None:
    async with _connection(port) as (reader, writer):
        writer.write(question)
        found = await reader.readexactly(len(answer))
        if found != answer:
            msg = f"answers {(found + await reader.read(200)).decode(errors='replace')!r}"
            raise ConnectionError(msg)


@contextlib.asynccontextmanager
async def _connection(port: int) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection(HOST, port)
    try:
        yield reader, writer
    finally:
        writer.close()
