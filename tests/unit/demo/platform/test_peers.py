"""What a service makes of a peer that is slow."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from demo.storefront.platform.peers import Peer, PeerUnavailableError


async def ask() -> None:
    """Ask a peer that answers a byte at a time and for ever, for at most a tenth of a second."""
    gone = asyncio.Event()

    async def trickle(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        with suppress(ConnectionError):
            while True:
                writer.write(b"x")
                await writer.drain()
                await asyncio.sleep(0.02)
        writer.close()
        gone.set()

    server = await asyncio.start_server(trickle, "127.0.0.1", 0)
    peer = Peer("slow", f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", 0.1)
    async with asyncio.timeout(2):
        try:
            await peer.call("GET", "/")
        finally:
            await peer.close()
            await gone.wait()
            server.close()


def test_call_ends_in_time_however_slowly_it_is_answered() -> None:
    """The time-out is of the whole call, not of each byte; what a slow peer did is not known."""
    with pytest.raises(PeerUnavailableError, match="no answer in time") as raised:
        asyncio.run(ask())
    assert raised.value.may_have_acted
