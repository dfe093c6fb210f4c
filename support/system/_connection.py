"""One client of the control process: its calls are answered side by side, its lease ends with it."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final, Protocol

from ..core import RehearsalError
from . import _rpc

if TYPE_CHECKING:
    from ._guests import LeaseInfo

_LOG: Final = logging.getLogger(__name__)
_ALIVE_EVERY: Final = 1.0


class Answering(Protocol):
    """Who answers the calls of a connection."""

    async def answer(self, connection: Connection, method: str, params: dict[str, Any]) -> object:
        """The value of one call."""

    async def hung_up(self, connection: Connection) -> None:
        """The connection has ended."""


class Connection:
    """A connection on the control socket; `lease` is what it holds, if it took one."""

    def __init__(self, answering: Answering, writer: asyncio.StreamWriter) -> None:
        self._answering, self._writer = answering, writer
        self._calls: set[asyncio.Task[None]] = set()
        self.lease: LeaseInfo | None = None

    async def serve(self, reader: asyncio.StreamReader) -> None:
        """Answer until the client hangs up or dies."""
        try:
            while line := await reader.readline():
                task = asyncio.ensure_future(self._one(line))
                self._calls.add(task)
                task.add_done_callback(self._calls.discard)
        except (ConnectionError, ValueError) as error:
            _LOG.warning("a client's connection broke: %s", error)
        finally:
            for task in tuple(self._calls):
                task.cancel()
            self._writer.close()
            await self._answering.hung_up(self)

    def tell(self, method: str, **params: object) -> None:
        """Tell the client something that it did not ask for."""
        self._writer.write(_rpc.notification(method, **params))

    async def _one(self, line: bytes) -> None:
        """Answer one call, and say that we live for as long as that takes."""
        alive = asyncio.ensure_future(self._alive())
        try:
            await self._answer(line)
        finally:
            alive.cancel()

    async def _alive(self) -> None:
        while True:
            await asyncio.sleep(_ALIVE_EVERY)
            self.tell("alive")

    async def _answer(self, line: bytes) -> None:
        number: object = None
        try:
            message = _rpc.parsed(line)
            number = message.get("id")
            value = await self._answering.answer(self, str(message.get("method")), message.get("params") or {})
            self._writer.write(_rpc.result(number, value))
        except RehearsalError as error:
            self._writer.write(_rpc.error(number, error))
        except Exception as error:  # noqa: BLE001 - the client is told, and the log
            _LOG.exception("%s", line[:200])
            self._writer.write(_rpc.error(number, error))
