"""Parts that die in mid-run: noticed, noted with their last words, and started again if the profile says so."""

from __future__ import annotations

import asyncio
import contextlib
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from ..core import PartUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from ._parts import Parts

_LOOK_EVERY: Final = 0.05
_DYING: Final = 0.05
"""How long a process may have closed its connections before it has ended."""


@dataclass(slots=True)
class Death:
    """How a part ended, at which Unix time, what it said last, and whether it is well again."""

    part: str
    at: float
    how: str
    words: str
    again: bool = False


class Deaths:
    """Watches the parts of a started system."""

    def __init__(self, parts: Parts, tell: Callable[[str], None], *, restart: bool) -> None:
        self._parts, self._tell, self._restart = parts, tell, restart
        self._noted: dict[int, Death] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def watch(self) -> None:
        """Look from now on."""
        self._begin(self._watch())

    async def close(self) -> None:
        """Look no more, and leave what is being started again."""
        for task in tuple(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def since(self, moment: float) -> list[dict[str, Any]]:
        """The deaths since a Unix time, and older ones that are not mended."""
        self._look()
        if not (found := self._found(moment)):
            await asyncio.sleep(_DYING)
            self._look()
            found = self._found(moment)
        return [asdict(death) for death in found]

    def _found(self, moment: float) -> list[Death]:
        return [death for death in self._noted.values() if death.at >= moment or not death.again]

    def _look(self) -> None:
        for name, pid, how, words in self._parts.ended():
            if pid not in self._noted:
                death = self._noted[pid] = Death(name, time.time(), how, words)
                self._tell(f"{name} died ({how}){'; starting it again' if self._restart else ''}. {words}")
                if self._restart:
                    self._begin(self._mend(death))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self) -> None:
        while True:
            self._look()
            await asyncio.sleep(_LOOK_EVERY)

    async def _mend(self, death: Death) -> None:
        try:
            await self._parts.restart(death.part)
        except PartUnavailable as gone:
            self._tell(f"{death.part} could not be started again: {gone.reason}")
        else:
            death.again = True
            self._tell(f"{death.part} is ready again")
