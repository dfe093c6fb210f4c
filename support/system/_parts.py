"""The started parts of one system: started in the order of their wiring, watched, stopped."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Final

from ..core import ConfigurationError, PartUnavailable, RehearsalError, did_you_mean, sentence
from ._births import Births
from ._envoy import Envoy
from ._leftovers import note_process
from ._postgresql import PostgreSQL
from ._programs import check_programs
from ._services import Mailbox, Service
from ._stores import Nats, Valkey
from ._templates import values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ._model import Part, Profile
    from ._processes import Process
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
_AGAIN: Final = 0.1
_PATIENCE: Final = 4.0
_SERVICES_END_WITHIN: Final = 1.0
_STORES_END_WITHIN: Final = 0.4
_FAULTS: Final = (OSError, EOFError, TimeoutError)


class Parts:
    """The parts of a system under one profile: those that it starts, and the addresses of all."""

    def __init__(self, site: Site, profile: Profile, progress: Callable[[str], None]) -> None:
        self._site, self._progress = site, progress
        self._parts = {name: part for name, part in site.description.parts.items() if profile.starts(name)}
        self._servers = {name: _KINDS[part.kind](part, site) for name, part in self._parts.items()}
        self._processes: dict[str, Process] = {}
        self._births = Births(site)
        self._ready = {name: asyncio.Event() for name in self._parts}
        self.addresses = dict(profile.addresses)
        for server in self._servers.values():
            self.addresses |= server.addresses()
        site.values.update(values_of(self.addresses))

    def check(self) -> None:
        """PartUnavailable names every part whose program is missing."""
        check_programs(self._parts.values(), self._site.description.path.parent)

    async def start(self) -> None:
        """Start all parts, each as soon as those that it needs are ready; PartUnavailable names the first sick one."""
        begun = time.monotonic()
        self._births.start()
        try:
            async with asyncio.TaskGroup() as tasks:
                for name in self._parts:
                    tasks.create_task(self._started(name, begun))
        except BaseExceptionGroup as group:  # Python 3.11.2 wraps what `except*` raises into another group
            if sick := group.subgroup(PartUnavailable):
                raise _first(sick) from None
            raise

    async def health(self) -> dict[str, str]:
        """For every started part "ok", or what is wrong with it."""
        return dict(zip(self._processes, await asyncio.gather(*map(self._state, self._processes)), strict=True))

    def ended(self) -> Iterator[tuple[str, int, str, str]]:
        """The parts that were ready and whose process has ended: name, process id, how, and the last words."""
        for name, process in self._processes.items():
            if self._ready[name].is_set() and (how := process.end_state()):
                yield name, process.pid, how, process.last_words()

    async def renew(self, name: str) -> None:
        """Stop a part gently and start it again; a name that is no part of ours is told with the nearest."""
        if name not in self._processes:
            raise ConfigurationError(sentence(f"No part is called {name!r} here.", did_you_mean(name, self._processes)))
        self._ready[name].clear()  # so that nobody takes its end for a death
        await self._processes[name].stop(_SERVICES_END_WITHIN)
        await self._again(name)

    async def restart(self, name: str) -> None:
        """Start a part again that has died, on what it left; PartUnavailable if it is not ready in time."""
        end = time.monotonic() + self._parts[name].ready_within
        self._ready[name].clear()
        while True:
            await self._processes[name].stop(0)  # the rest of its group
            try:
                return await self._again(name)
            except PartUnavailable:
                if time.monotonic() > end:
                    raise
                await asyncio.sleep(_AGAIN)  # what its predecessor left may still be in its way

    async def _again(self, name: str) -> None:
        process = self._processes[name] = await self._launched(name)
        note_process(self._site.folder, process.pid)
        await self._until_ready(name, self._parts[name].ready_within)
        self._ready[name].set()

    async def stop(self) -> None:
        """Stop the services, then what they used."""
        services = [name for name in self._processes if self._parts[name].kind == "service"]
        others = [name for name in self._processes if name not in services]
        for names, grace in ((services, _SERVICES_END_WITHIN), (others, _STORES_END_WITHIN)):
            await asyncio.gather(*(self._processes[name].stop(grace) for name in names))
        await self._births.stop()
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
        process = self._processes[name] = await self._launched(name)
        note_process(self._site.folder, process.pid)
        await self._until_ready(name, part.ready_within)
        self._ready[name].set()
        waiting = [other for other, event in self._ready.items() if not event.is_set()]
        awaited = f"; waiting for {', '.join(waiting)}" if waiting else ""
        self._progress(f"{name} is ready after {time.monotonic() - begun:.2f} s{awaited}")

    async def _launched(self, name: str) -> Process:
        return await self._births.process(self._servers[name].launch(), self._site.log(name))

    async def _until_ready(self, name: str, limit: float) -> None:
        end, pause = time.monotonic() + limit, 0.002
        impatient = time.monotonic() + _PATIENCE
        while (state := await self._state(name)) != "ok":
            if self._processes[name].end_state():
                raise PartUnavailable(name, state)
            if time.monotonic() > end:
                words = self._processes[name].last_words()
                raise PartUnavailable(name, f"is not ready after {limit:g} s: {state}. {words}")
            if time.monotonic() > impatient:
                self._progress(f"{name} is not ready yet: {state}. {self._processes[name].last_words()}")
                impatient = time.monotonic() + _PATIENCE
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
