"""Ports that nobody else is given."""

from __future__ import annotations

import contextlib
import socket
import sys

import pytest

from support.system._ports import HOST, Ports

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere ports are let go before their part starts")


def test_a_reserved_port_is_nobody_elses() -> None:
    """Another reservation cannot have the port, before, while and after its server runs."""
    ports = Ports()
    port = ports.port("orders")
    assert _is_taken(port)
    with contextlib.closing(_server(port)):
        assert _is_taken(port)
    assert _is_taken(port)
    ports.close()
    assert not _is_taken(port)


def test_the_server_may_listen_on_its_reserved_port() -> None:
    """A server that sets SO_REUSEADDR, as servers do, listens and answers; a second one may not."""
    ports = Ports()
    port = ports.port("orders")
    with (
        contextlib.closing(_server(port)),
        socket.create_connection((HOST, port)),
        pytest.raises(OSError, match="in use"),
    ):
        _server(port)
    ports.close()


def test_a_part_has_one_port_for_each_purpose() -> None:
    """The same question has the same answer, another purpose another port."""
    ports = Ports()
    assert ports.port("mesh") == ports.port("mesh")
    assert ports.port("mesh") != ports.port("mesh", "admin")
    ports.close()


def _server(port: int) -> socket.socket:
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((HOST, port))
        server.listen()
    except OSError:
        server.close()
        raise
    return server


def _is_taken(port: int) -> bool:
    with contextlib.closing(socket.socket()) as other:
        try:
            other.bind((HOST, port))
        except OSError:
            return True
    return False
