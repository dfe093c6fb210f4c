"""The broker and the cache: NATS with JetStream, and Valkey."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import _binaries, _probes
from ._ports import HOST
from ._processes import Launch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._model import Part
    from ._site import Site


class Nats:
    """A NATS server with JetStream, whose streams lie in the system's folder."""

    def __init__(self, part: Part, site: Site) -> None:
        self._part, self._port = part, site.ports.port(part.name)
        self._data = site.folder / part.name

    def addresses(self) -> Mapping[str, str]:
        """Its URL."""
        return {self._part.name: f"nats://{HOST}:{self._port}"}

    async def prepare(self) -> None:
        """Make its folder."""
        self._data.mkdir()

    def launch(self) -> Launch:
        """On the loopback interface only."""
        program = str(_binaries.nats(self._part.name))
        return Launch((program, "-a", HOST, "-p", str(self._port), "-js", "-sd", str(self._data)))

    async def probe(self) -> None:
        """JetStream answers."""
        await _probes.nats(self._port)


class Valkey:
    """A Valkey server that keeps nothing on disk."""

    def __init__(self, part: Part, site: Site) -> None:
        self._part, self._port, self._folder = part, site.ports.port(part.name), site.folder

    def addresses(self) -> Mapping[str, str]:
        """Its URL, to which a database's number is added."""
        return {self._part.name: f"valkey://{HOST}:{self._port}"}

    async def prepare(self) -> None:
        """Nothing to make."""

    def launch(self) -> Launch:
        """On the loopback interface only."""
        program = str(_binaries.valkey(self._part.name))
        where = ("--bind", HOST, "--port", str(self._port), "--dir", str(self._folder))
        return Launch((program, *where, "--save", "", "--appendonly", "no", "--daemonize", "no"))

    async def probe(self) -> None:
        """It answers PING."""
        await _probes.valkey(self._port)
