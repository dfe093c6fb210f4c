"""PostgreSQL, set for tests: nothing is synced to the disk, everything else is as in production."""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Final

from . import _binaries, _probes
from ._account import unprivileged
from ._cluster import Cluster, reachable_programs
from ._folder import data_folder
from ._ports import HOST
from ._processes import Launch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._model import Part
    from ._site import Site

# Measured: synchronous_commit=off loses committed rows at SIGKILL and gains nothing, so it stays on. Dynamic
# shared memory is kept in the data folder, so that no crash can leave it in /dev/shm.
_SETTINGS: Final = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "dynamic_shared_memory_type": "mmap",
    "checkpoint_timeout": "1h",
    "log_timezone": "UTC",
    "timezone": "UTC",
}


class PostgreSQL:
    """One cluster with the databases that the part names."""

    def __init__(self, part: Part, site: Site) -> None:
        self._part, self._site = part, site
        self._port = site.ports.port(part.name)
        self._account = unprivileged()
        self._data = data_folder(site.folder)

    def addresses(self) -> Mapping[str, str]:
        """The cluster's URL, to which a database's name is added."""
        return {self._part.name: f"postgresql://postgres@{HOST}:{self._port}"}

    async def prepare(self) -> None:
        """Make the cluster, from the template if this machine has made one before."""
        programs = await asyncio.to_thread(reachable_programs, _binaries.postgresql(self._part.name), self._account)
        cluster = Cluster(self._part, programs, self._account, self._site)
        await cluster.make(self._data)

    def launch(self) -> Launch:
        """Stopped at once (SIGQUIT): its data is not wanted any more, its shared memory is removed all the same."""
        programs = reachable_programs(_binaries.postgresql(self._part.name), self._account)
        settings = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
        argv = (str(programs / "postgres"), "-D", str(self._data), "-p", str(self._port), *settings)
        return Launch(argv, account=self._account, end=signal.SIGQUIT, orphaned=signal.SIGQUIT)

    async def probe(self) -> None:
        """It lets a client in."""
        await _probes.postgresql(self._port)
