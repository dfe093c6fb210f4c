"""The started parts of one system: started in the order of their wiring, watched, stopped."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from ..core import PartUnavailable, RehearsalError
from ._envoy import Envoy
from ._leftovers import note_process
from ._postgresql import PostgreSQL
from ._processes import Process
from ._services import Mailbox, Service
from ._stores import Nats, Valkey
from ._templates import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ._model import Part, Profile
    from ._site import Server, Site

_KINDS: Final[Mapping[str, Callable[[Part, Site], Server]]] = {
    "postgresql": PostgreSQL,
    "nats": Nats,
    "valkey": Valkey,
    "mailbox": Mailbox,
    "envoy": Envoy,
    "service": Service,
}
_ONE_PROBE: Final = 1.5
_GRACE: Final = 1.0
_FAULTS: Final = (OSError, EOFError, TimeoutError)


class Parts:
    """The parts of a system under one profile: those that it starts, and the addresses of all."""

    def __init__(self, site: Site, profile: Profile, progress: Callable[[str], None]) -> None:
        self._site, self._progress = site, progress
        self._parts = {name: part for name, part in site.description.parts.items() if profile.starts(name)}
        self._servers = {name: _KINDS[part.kind](part, site) for name, part in self._parts.items()}
        self._processes: dict[str, Process] = {}
        self._ready = {name: asyncio.Event() for name in self._parts}
        self.addresses = dict(profile.addresses)
        for server in self._servers.values():
            self.addresses |= server.addresses()
        site.values.update(values_of(self.addresses))

    async def start(self) -> None:
        """Start all parts, each as soon as those that it needs are ready; PartUnavailable names the first sick one."""
        begun = time.monotonic()
        try:
            async with asyncio.TaskGroup() as tasks:
                for name in self._parts:
                    tasks.create_task(self._started(name, begun))
        except* PartUnavailable as sick:
            raise _first(sick) from None

    async def health(self) -> dict[str, str]:
        """For every started part "ok", or what is wrong with it."""
        return dict(zip(self._processes, await asyncio.gather(*map(self._state, self._processes)), strict=True))

    async def stop(self) -> None:
        """Stop the services, then what they used."""
        services = [name for name in self._processes if self._parts[name].kind == "service"]
        for names in (services, [name for name in self._processes if name not in services]):
            await asyncio.gather(*(self._processes[name].stop(_GRACE) for name in names))
        self._site.ports.close()

    async def _started(self, name: str, begun: float) -> None:
        """Start one part; whatever goes wrong is told with its name."""
        try:
            await self._start(name, begun)
        except (OSError, ValueError, RehearsalError) as fault:
            if isinstance(fault, PartUnavailable):
                raise
            raise PartUnavailable(name, f"cannot be started: {fault}") from fault

    async def _start(self, name: str, begun: float) -> None:
        part, server = self._parts[name], self._servers[name]
        for need in part.needs:
            if need in self._ready:
                await self._ready[need].wait()
        await server.prepare()
        self._site.ports.hand_over(name)
        process = self._processes[name] = Process(server.launch(), self._site.log(name))
        note_process(self._site.folder, process.pid)
        await self._until_ready(name, part.ready_within)
        self._ready[name].set()
        waiting = [other for other, event in self._ready.items() if not event.is_set()]
        awaited = f"; waiting for {', '.join(waiting)}" if waiting else ""
        self._progress(f"{name} is ready after {time.monotonic() - begun:.2f} s{awaited}")

    async def _until_ready(self, name: str, limit: float) -> None:
        end, pause = time.monotonic() + limit, 0.002
        while (state := await self._state(name)) != "ok":
            if self._processes[name].end_state():
                raise PartUnavailable(name, state)
            if time.monotonic() > end:
                words = self._processes[name].last_words()
                raise PartUnavailable(name, f"is not ready after {limit:g} s: {state}. {words}")
            await asyncio.sleep(pause)
            pause = min(pause * 1.3, 0.05)

    async def _state(self, name: str) -> str:
        process = self._processes[name]
        try:
            async with asyncio.timeout(_ONE_PROBE):
                await self._servers[name].probe()
        except _FAULTS as fault:
            trouble = str(fault) or ("gives no answer" if isinstance(fault, TimeoutError) else type(fault).__name__)
        else:
            trouble = "ok"
        if end := process.end_state():
            return f"{end}. {process.last_words()}"
        return trouble


def _first(sick: BaseExceptionGroup[PartUnavailable]) -> PartUnavailable:
    found = sick.exceptions[0]
    return _first(found) if isinstance(found, BaseExceptionGroup) else found
