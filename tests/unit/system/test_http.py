"""The small HTTP server that guests are served by."""

from __future__ import annotations

import asyncio

import pytest

from support.system import HttpRequest, HttpResponse
from support.system._http import parse, port_of, serve_http


async def echo(request: HttpRequest) -> HttpResponse:
    """Answer with what was asked."""
    return 200, {"x-path": request.path}, request.body


async def broken(_request: HttpRequest) -> HttpResponse:
    """Fail."""
    raise ZeroDivisionError


def exchange(*requests: bytes) -> list[bytes]:
    """The answers to requests sent one after the other on one connection."""

    async def talk() -> list[bytes]:
        async with await serve_http({"/echo": echo, "/broken": broken}) as server:
            reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
            answers = []
            for request in requests:
                writer.write(request)
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 5)
                length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
                answers.append(head + await reader.readexactly(length))
            writer.close()
            return answers

    return asyncio.run(talk())


def test_a_connection_serves_many_requests() -> None:
    """Requests on one connection are answered in their order, with their bodies."""
    one = b"POST /echo/one HTTP/1.1\r\nContent-Length: 3\r\n\r\none"
    answers = exchange(one, one.replace(b"one", b"two"))
    assert [answer.rpartition(b"\r\n\r\n")[2] for answer in answers] == [b"one", b"two"]
    assert b"x-path: /echo/two" in answers[1]


def test_a_chunked_body_is_put_together() -> None:
    """A body in chunks arrives whole, also if the proxy did not know its length."""
    request = b"POST /echo HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    assert exchange(request)[0].endswith(b"abcde")


def test_what_nobody_serves_is_not_found() -> None:
    """An unknown path is 404, and a path that only begins like a route is unknown."""
    assert exchange(b"GET /echoes HTTP/1.1\r\n\r\n")[0].startswith(b"HTTP/1.1 404 Not Found")


def test_a_broken_handler_is_a_server_error() -> None:
    """A handler that fails answers 500, and the connection goes on."""
    answers = exchange(b"GET /broken HTTP/1.1\r\n\r\n", b"GET /echo HTTP/1.1\r\n\r\n")
    assert [answer[9:12] for answer in answers] == [b"500", b"200"]


@pytest.mark.parametrize("cut", range(1, 52, 7))
def test_an_incomplete_request_is_waited_for(cut: int) -> None:
    """No part of a request is taken for the whole of it."""
    whole = b"POST /echo?x=1 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"
    assert parse(whole[:cut]) == (None, 0)
    request, used = parse(whole + b"GET")
    assert request == HttpRequest("POST", "/echo", "x=1", {"content-length": "5"}, b"hello")
    assert used == len(whole)


def test_garbage_is_refused() -> None:
    """What is no HTTP is answered with 400."""
    assert exchange(b"hello\r\n\r\n")[0].startswith(b"HTTP/1.1 400 Bad Request")
