"""A small HTTP/1.1 server for one event loop: enough for a proxy, an exporter and a test, and nothing to wait for.

It stands in the path of every request of a rehearsal (the mesh asks its decision point here), so it does no more than
is needed: no TLS, no pipelining, bodies in memory.
"""

from __future__ import annotations

import asyncio
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from ._guests import HttpRequest
from ._ports import HOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._guests import HttpHandler, HttpResponse

_LOG: Final = logging.getLogger(__name__)
_LARGEST: Final = 64 * 1024 * 1024


async def serve_http(routes: Mapping[str, HttpHandler], port: int = 0) -> asyncio.Server:
    """Serve the routes on the loopback interface; a route answers its path and everything below it."""
    longest_first = dict(sorted(routes.items(), key=lambda route: len(route[0]), reverse=True))
    return await asyncio.get_running_loop().create_server(lambda: _Connection(longest_first), HOST, port)


def port_of(server: asyncio.Server) -> int:
    """The port that a server was given."""
    port: int = server.sockets[0].getsockname()[1]
    return port


class _Connection(asyncio.Protocol):
    """One connection: requests are answered one after the other."""

    def __init__(self, routes: Mapping[str, HttpHandler]) -> None:
        self._routes, self._buffer = routes, bytearray()
        self._transport: asyncio.Transport | None = None
        self._answering: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.Transport):
            self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - asyncio's signature
        if self._answering:
            self._answering.cancel()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._next()

    def _next(self) -> None:
        """Answer the next request if it is complete and nothing is being answered."""
        if self._answering is not None or self._transport is None:
            return
        try:
            request, used = parse(self._buffer)
        except ValueError as error:
            self._write(HTTPStatus.BAD_REQUEST, {"connection": "close"}, str(error).encode())
            self._transport.close()
            return
        if request is not None:
            del self._buffer[:used]
            self._answering = asyncio.ensure_future(self._answer(request))

    async def _answer(self, request: HttpRequest) -> None:
        handler = next((each for path, each in self._routes.items() if _is_below(request.path, path)), None)
        try:
            status, headers, body = await handler(request) if handler else _nothing(request)
        except Exception:  # noqa: BLE001 - the log is told
            _LOG.exception("%s %s", request.method, request.path)
            status, headers, body = HTTPStatus.INTERNAL_SERVER_ERROR, {}, b""
        self._write(status, headers, body)
        self._answering = None
        self._next()

    def _write(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            lines = [f"HTTP/1.1 {int(status)} {HTTPStatus(status).phrase}", f"content-length: {len(body)}"]
            lines += [f"{name}: {value}" for name, value in headers.items()]
            self._transport.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)


def parse(buffer: bytes | bytearray) -> tuple[HttpRequest | None, int]:
    """The first request in the buffer and the bytes it took; None while it is incomplete, ValueError if it is none."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None, 0
    first, *lines = bytes(buffer[:end]).decode("latin-1").split("\r\n")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    method, target, _version = first.split(" ")
    if headers.get("transfer-encoding", "").lower() == "chunked":
        body, used = _unchunked(buffer, end + 4)
    else:
        length = int(headers.get("content-length") or 0)
        body, used = bytes(buffer[end + 4 : end + 4 + length]), end + 4 + length
    if used > _LARGEST or len(buffer) > _LARGEST:
        msg = "the request is too large"
        raise ValueError(msg)
    if body is None or len(buffer) < used:
        return None, 0
    path, _, query = target.partition("?")
    return HttpRequest(method, path, query, headers, body), used


def _unchunked(buffer: bytes | bytearray, start: int) -> tuple[bytes | None, int]:
    """The body of a chunked request and where it ends; None while it is incomplete."""
    body = bytearray()
    while (end := buffer.find(b"\r\n", start)) >= 0:
        size = int(bytes(buffer[start:end]).split(b";")[0], 16)
        start = end + 2 + size + 2
        if len(buffer) < start:
            break
        if size == 0:
            return bytes(body), start
        body += buffer[end + 2 : end + 2 + size]
    return None, 0


def _is_below(path: str, route: str) -> bool:
    return path == route or path.startswith(route.rstrip("/") + "/")


def _nothing(request: HttpRequest) -> HttpResponse:
    return HTTPStatus.NOT_FOUND, {"content-type": "text/plain"}, f"Nothing is at {request.path}.\n".encode()
