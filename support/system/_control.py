"""The control process: one for each started system. It owns the parts' lifecycle, hosts the guests and gives leases."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import stat
import time
from typing import TYPE_CHECKING, Any, Final

from ..core import ConfigurationError, PartUnavailable, Permit, did_you_mean, sentence
from . import _folder
from ._connection import Connection
from ._deaths import Deaths
from ._guarded import become_guarded, starter_died
from ._http import port_of, serve_http
from ._leases import Leases
from ._leftovers import collect_orphans, end_descendants
from ._marker import granted
from ._parts import Parts
from ._ports import HOST
from ._processes import Process
from ._remote import Remote
from ._rpc import LONGEST_LINE, UnknownMethodError
from ._secrets import secrets_of
from ._site import Site
from ._temporary import Temporary

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ._guarded import Guard
    from ._guests import Guest, HttpHandler
    from ._model import SystemDescription

_LOG: Final = logging.getLogger(__name__)
_NOBODY_CAME: Final = 10.0


def serve(description: SystemDescription, *, profile: str, folder: Path, guests: Sequence[Guest], owned: bool) -> int:
    """Be the control process of a system until its owner's lease ends, a signal comes or a client asks for the end.

    Returns the exit status: 0, or 1 if the system could not be started. Progress and errors go to the clients.
    """
    os.umask(0o077)
    if owned and starter_died():
        return 1
    guard = become_guarded(folder)
    try:
        held = _folder.make(folder)
    except FileExistsError:
        print(f"A system is up in {folder}.", flush=True)  # noqa: T201 - our standard output is a file of the client
        return 1
    with held:
        _folder.redirect_output(folder, _folder.CONTROL)
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        try:
            return asyncio.run(_Control(description, profile, folder, guests, owned=owned).run(guard))
        finally:
            _folder.remove(folder)


class _Control:
    def __init__(
        self, description: SystemDescription, profile: str, folder: Path, guests: Sequence[Guest], *, owned: bool
    ) -> None:
        self._description, self._folder = description.under(profile), folder
        self._profile = description.profile(profile)
        self._remote = Remote(self._description, self._profile)
        self._guests, self._owned, self._since = guests, owned, time.time()
        self._leases = Leases(guests, Temporary(folder))
        self._methods = {name: handler for guest in guests for name, handler in guest.methods().items()}
        self._connections: set[Connection] = set()
        self._secrets = dict(secrets_of(self._description))
        self._owner = ""
        self._told: list[str] = []
        self._over = asyncio.Event()
        self._parts: Parts

    async def run(self, guard: Guard) -> int:
        """From the first part to the last."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self._over.set)
        guard.watch(loop)
        loop.add_signal_handler(signal.SIGCHLD, lambda: collect_orphans(Process.pids()))
        site = await self._site()
        self._parts, self._names = Parts(site, self._profile, self._tell), site.values
        self._deaths = Deaths(self._parts, self._tell, restart=self._profile.restart)
        self._starting = asyncio.ensure_future(self._start())
        self._starting.add_done_callback(self._started)
        server = await asyncio.start_unix_server(
            self._connected, str(self._folder / _folder.SOCKET), limit=LONGEST_LINE
        )
        self._watch_lifeline()
        await self._over.wait()
        server.close()
        await self._end(guard)
        return 1 if self._failed() else 0

    async def answer(self, connection: Connection, method: str, params: dict[str, Any]) -> object:
        """Answer one call: the system's own methods, or a guest's for those who hold a lease."""
        own = {
            "lease.take": self._take_lease,
            "lease.release": self._release_lease,
            "system.health": self._health,
            "system.deaths": self._dead,
            "system.restart": self._restart,
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
            if not self._owner:
                self._owner = connection.lease.lease_id
                for text in self._told:
                    connection.tell("progress", text=text)
        await asyncio.shield(self._starting)
        may = await granted(self._description, self._profile, self._names)
        connection.lease = self._leases.permit(connection.lease, Permit(may, self._profile.name))
        return {
            "lease_id": connection.lease.lease_id,
            "addresses": self._parts.addresses,
            "secrets": self._secrets,
            "temporary": str(connection.lease.temporary),
            "may": sorted(may),
        }

    async def _start(self) -> None:
        """What stands elsewhere is asked before anything is started here."""
        self._parts.check()
        await self._remote.check()
        await self._parts.start()
        self._deaths.watch()

    async def _release_lease(self, connection: Connection, _params: dict[str, Any]) -> object:
        lease, connection.lease = connection.lease, None
        if lease is not None:
            if self._failed() or (self._owned and lease.lease_id == self._owner):
                self._over.set()
            else:
                return await self._leases.end(lease)
        return []

    async def _health(self, _connection: Connection, _params: dict[str, Any]) -> object:
        return {**await self._remote.health(), **await self._parts.health()}

    async def _dead(self, _connection: Connection, params: dict[str, Any]) -> object:
        return await self._deaths.since(float(params["since"]))

    async def _status(self, _connection: Connection, _params: dict[str, Any]) -> object:
        return {
            "profile": self._profile.name,
            "since": self._since,
            "runs": self._leases.runs(),
            "addresses": self._parts.addresses,
            "health": await self._health(_connection, _params),
        }

    async def _restart(self, _connection: Connection, params: dict[str, Any]) -> object:
        await self._parts.renew(str(params["part"]))
        return True

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
            if not self._owner:
                self._over.set()

        loop.add_reader(0, ended)

    async def _end(self, guard: Guard) -> None:
        self._starting.cancel()
        with contextlib.suppress(asyncio.CancelledError, PartUnavailable):
            await self._starting
        await self._deaths.close()
        if self._profile.addresses:  # what we started needs no healing: it ends
            await self._leases.end_all()
        await self._parts.stop()
        await asyncio.to_thread(end_descendants, guard.pids)
        self._http.close()
