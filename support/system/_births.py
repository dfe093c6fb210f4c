"""Starting services by forking them from one process that has imported what they need (see `_forking`).

Where that is not to be had, each is started plainly: on platforms without subreapers, when an import fails, or when a
service sets variables that Python reads before it runs anything.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys
from typing import TYPE_CHECKING, Final

from ._forking import READY
from ._leftovers import note_process
from ._processes import Adopted, Launch, Process

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ._site import Site

_LOG: Final = logging.getLogger(__name__)
_ANSWERS_WITHIN: Final = 2.0
_READY_WITHIN: Final = 15.0
_NAME: Final = "forks"


class Births:
    """Makes processes: forked ones where the description preloads modules, plain ones else."""

    def __init__(self, site: Site) -> None:
        self._site, self._modules = site, site.description.preload
        self._line: socket.socket | None = None
        self._server: Process | None = None
        self._ready: asyncio.Future[bool] | None = None

    def start(self) -> None:
        """Begin to import; nobody waits for it but the first that is to be forked."""
        if not self._modules or sys.platform != "linux":
            return
        self._line, theirs = socket.socketpair()
        longest = max(len(" ".join(part.command)) for part in self._site.description.parts.values())
        argv = (sys.executable, "-m", f"{__package__}._forking", "." * (longest + len(sys.executable)), *self._modules)
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        folder = self._site.description.path.parent
        with theirs:
            launch = Launch(argv, environment=environment, folder=folder, stdin=theirs.fileno())
            self._server = Process(launch, self._site.log(_NAME))
        note_process(self._site.folder, self._server.pid)
        self._ready = asyncio.ensure_future(self._became_ready(self._line))

    async def process(self, launch: Launch, log: Path) -> Process:
        """The process that was described."""
        if launch.module and self._ready and await asyncio.shield(self._ready) and self._is_alike(launch):
            try:
                return Process(launch, log, Adopted(self._born(launch, log)))
            except (OSError, ValueError) as fault:
                _LOG.warning("a service is started plainly, since none can be forked any more: %s", fault)
                self._ready = None
        return Process(launch, log)

    async def stop(self) -> None:
        """End the process that forks; what it forked goes on."""
        if self._ready:
            self._ready.cancel()
        if self._server:
            await self._server.stop(0)
        if self._line:
            self._line.close()

    async def _became_ready(self, line: socket.socket) -> bool:
        line.setblocking(False)  # noqa: FBT003 - as the library has it
        told = b""
        try:
            async with asyncio.timeout(_READY_WITHIN):
                told = await asyncio.get_running_loop().sock_recv(line, len(READY))
        except (OSError, TimeoutError) as fault:
            _LOG.warning("%s", fault or "it imports for too long")
        if told != READY and self._server:
            _LOG.warning("services are started plainly, not forked: %s", self._server.last_words())
        return told == READY

    def _born(self, launch: Launch, log: Path) -> int:
        """Its process id. The loop stands still meanwhile, so that nobody takes note of its end before we know it."""
        if self._line is None:
            msg = "there is no process to fork from"
            raise OSError(msg)
        asked = {
            "argv": launch.argv,
            "environment": dict(launch.environment or os.environ),
            "folder": str(launch.folder),
            "log": str(log),
        }
        self._line.settimeout(_ANSWERS_WITHIN)
        self._line.sendall(json.dumps(asked).encode() + b"\n")
        return int(self._line.recv(32))

    def _is_alike(self, launch: Launch) -> bool:
        """Whether Python itself would start in the same way."""
        ours = self._server.launch.environment if self._server else None
        return _python_variables(ours or {}) == _python_variables(launch.environment or os.environ)


def _python_variables(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith("PYTHON")}
