"""The control process: one for each started system. It owns the parts' lifecycle, hosts the guests and gives leases."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import stat
import time
from typing import TYPE_CHECKING, Any, Final

from ..core import ConfigurationError, PartUnavailable, did_you_mean, sentence
from . import _folder
from ._connection import Connection
from ._http import port_of, serve_http
from ._leases import Leases
from ._parts import Parts
from ._ports import HOST
from ._rpc import LONGEST_LINE, UnknownMethodError
from ._site import Site

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ._guests import Guest, HttpHandler, LeaseInfo
    from ._model import SystemDescription

_LOG: Final = logging.getLogger(__name__)
_NOBODY_CAME: Final = 10.0


def serve(description: SystemDescription, *, profile: str, folder: Path, guests: Sequence[Guest], owned: bool) -> int:
    """Be the control process of a system until its owner's lease ends, a signal comes or a client asks for the end.

    Returns the exit status: 0, or 1 if the system could not be started. Progress and errors go to the clients.
    """
    os.umask(0o077)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    with _folder.hold(folder):
        try:
            return asyncio.run(_Control(description, profile, folder, guests, owned=owned).run())
        finally:
            _folder.remove(folder)


class _Control:
    def __init__(
        self, description: SystemDescription, profile: str, folder: Path, guests: Sequence[Guest], *, owned: bool
    ) -> None:
        self._description, self._profile, self._folder = description, description.profile(profile), folder
        self._guests, self._owned, self._since = guests, owned, time.time()
        self._leases = Leases(guests)
        self._methods = {name: handler for guest in guests for name, handler in guest.methods().items()}
        self._connections: set[Connection] = set()
        self._secrets = dict(_secrets(description))
        self._owner: LeaseInfo | None = None
        self._told: list[str] = []
        self._over = asyncio.Event()
        self._parts: Parts

    async def run(self) -> int:
        """From the first part to the last."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._over.set)
        self._parts = Parts(await self._site(), self._profile, self._tell)
        self._starting = asyncio.ensure_future(self._parts.start())
        self._starting.add_done_callback(self._started)
        server = await asyncio.start_unix_server(
            self._connected, str(self._folder / _folder.SOCKET), limit=LONGEST_LINE
        )
        self._watch_lifeline()
        await self._over.wait()
        server.close()
        await self._end()
        return 1 if self._failed() else 0

    async def answer(self, connection: Connection, method: str, params: dict[str, Any]) -> object:
        """Answer one call: the system's own methods, or a guest's for those who hold a lease."""
        own = {
            "lease.take": self._take_lease,
            "lease.release": self._release_lease,
            "system.health": self._health,
            "system.status": self._status,
            "system.stop": self._stop,
        }
        if method in own:
            return await own[method](connection, params)
        if method not in self._methods:
            raise UnknownMethodError(
                sentence(f"Nobody answers {method!r}.", did_you_mean(method, {*own, *self._methods}))
            )
        if connection.lease is None:
            msg = f"{method!r} needs a lease: call 'lease.take' first."
            raise ConfigurationError(msg)
        return await self._methods[method](connection.lease, params)

    async def hung_up(self, connection: Connection) -> None:
        """End the lease of a connection that has ended, however it ended."""
        self._connections.discard(connection)
        await self._release_lease(connection, {})

    async def _site(self) -> Site:
        routes: dict[str, HttpHandler] = {}
        for guest in self._guests:
            routes |= guest.routes()
        self._http = await serve_http(routes)
        site = Site(self._description, self._folder, f"http://{HOST}:{port_of(self._http)}", tuple(routes))
        site.values["guests.url"] = site.guests_url
        site.values.update({f"secrets.{name}": value for name, value in self._secrets.items()})
        return site

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self, writer)
        self._connections.add(connection)
        await connection.serve(reader)

    async def _take_lease(self, connection: Connection, params: dict[str, Any]) -> object:
        if connection.lease is None:
            connection.lease = self._leases.take(str(params["run_id"]), self._parts.addresses)
            if self._owner is None:
                self._owner = connection.lease
                for text in self._told:
                    connection.tell("progress", text=text)
        await asyncio.shield(self._starting)
        return {
            "lease_id": connection.lease.lease_id,
            "addresses": self._parts.addresses,
            "secrets": self._secrets,
        }

    async def _release_lease(self, connection: Connection, _params: dict[str, Any]) -> object:
        lease, connection.lease = connection.lease, None
        if lease is not None:
            await self._leases.end(lease)
            if self._failed() or (self._owned and lease is self._owner):
                self._over.set()
        return True

    async def _health(self, _connection: Connection, _params: dict[str, Any]) -> object:
        return await self._parts.health()

    async def _status(self, _connection: Connection, _params: dict[str, Any]) -> object:
        return {
            "profile": self._profile.name,
            "since": self._since,
            "runs": self._leases.runs(),
            "addresses": self._parts.addresses,
            "health": await self._parts.health(),
        }

    async def _stop(self, _connection: Connection, _params: dict[str, Any]) -> object:
        self._over.set()
        return True

    def _tell(self, text: str) -> None:
        """Tell all who wait for the start; who comes later is told what was told."""
        _LOG.info("%s", text)
        self._told.append(text)
        for connection in self._connections:
            if connection.lease is not None:
                connection.tell("progress", text=text)

    def _started(self, starting: asyncio.Future[None]) -> None:
        """A failed start is over when everybody who waited has been told."""
        if not starting.cancelled() and starting.exception():
            _LOG.error("%s", starting.exception())
            asyncio.get_running_loop().call_later(_NOBODY_CAME, self._over.set)

    def _failed(self) -> bool:
        return self._starting.done() and (self._starting.cancelled() or self._starting.exception() is not None)

    def _watch_lifeline(self) -> None:
        """Until the first lease is taken, the end of standard input means that whoever started us has died."""
        if not self._owned or not stat.S_ISFIFO(os.fstat(0).st_mode):
            return
        loop = asyncio.get_running_loop()

        def ended() -> None:
            loop.remove_reader(0)
            if self._owner is None:
                self._over.set()

        loop.add_reader(0, ended)

    async def _end(self) -> None:
        self._starting.cancel()
        with contextlib.suppress(asyncio.CancelledError, PartUnavailable):
            await self._starting
        await self._leases.end_all()
        await self._parts.stop()
        self._http.close()


def _secrets(description: SystemDescription) -> dict[str, str]:
    """The secrets of this system: generated, or taken from our environment."""
    values: dict[str, str] = {}
    for name, source in description.secrets.items():
        variable = source.partition(":")[2]
        if variable and variable not in os.environ:
            msg = f"{description.path.name}: secrets.{name}: the environment variable {variable} is not set. Set it."
            raise ConfigurationError(msg)
        values[name] = os.environ[variable] if variable else secrets.token_urlsafe(24)
    return values
