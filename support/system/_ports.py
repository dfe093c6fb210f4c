"""Ports on the loopback interface that nobody else is given while the system runs."""

from __future__ import annotations

import socket
import sys
from typing import Final

HOST: Final = "127.0.0.1"


class Ports:
    """Reserves ports by holding a bound socket on each.

    The socket is bound exclusively and made shareable afterwards: a server that sets SO_REUSEADDR (as servers do) may
    listen on the port, but neither another reservation nor the kernel's own choice can take it, also while the server
    restarts. Measured on Linux; elsewhere the socket is closed when its part is started.
    """

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], socket.socket] = {}
        self._ports: dict[tuple[str, str], int] = {}

    def port(self, part: str, purpose: str = "") -> int:
        """The port of a part for one purpose: the same at every call."""
        key = (part, purpose)
        if key not in self._ports:
            held = self._held[key] = socket.socket()
            held.bind((HOST, 0))
            held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._ports[key] = held.getsockname()[1]
        return self._ports[key]

    def hand_over(self, part: str) -> None:
        """Let the part have its ports: it is about to be started."""
        if sys.platform != "linux":
            for (owner, _), held in self._held.items():
                if owner == part:
                    held.close()

    def close(self) -> None:
        """Let go of all ports."""
        for held in self._held.values():
            held.close()
