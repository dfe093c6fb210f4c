"""The run's side of deaths: parts that die are named as they do, and explain what fails because of it."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Final

from ..core import PartUnavailable, RehearsalError, wait_until

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_EVERY: Final = 1.0
_MENDED_WITHIN: Final = 20.0


class Watchman:
    """Asks the control process every second which parts have died, and tells each once.

    `stopped` says why the rest of the run makes no sense: a part died, something failed for it, and it stays
    dead. `restarts` is whether the profile has dead parts started again.
    """

    def __init__(self, call: Callable[..., Any], say: Callable[[str], None], *, restarts: bool) -> None:
        self._call, self._say, self._restarts = call, say, restarts
        self._told: set[tuple[str, float]] = set()
        self._began, self.stopped = time.time(), ""
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="rehearsal-watchman", daemon=True)
        self._thread.start()

    def cause(self, since: float, found: Exception) -> PartUnavailable | None:
        """What explains that something failed just now: the part that has died since then, or died and stayed dead."""
        try:
            deaths = self._deaths(since)
        except PartUnavailable as gone:
            self.stopped = f"Not started, because {gone.part} died."
            return gone
        for death in deaths:
            self._tell([death])
            if not self._restarts or not self._mended():
                self.stopped = f"Not started, because {death['part']} died ({death['how']}) and is not well again."
            first = str(found).partition("\n")[0]
            ago = f"died ({death['how']}) {time.time() - death['at']:.1f} s ago"
            return PartUnavailable(death["part"], f"{ago}; what failed for it: {first}\n{death['words']}")
        return None

    def _mended(self) -> bool:
        """Wait until what died is well again, so that no other scenario is hit; False if that takes too long."""
        try:
            return wait_until(lambda: not self._deaths(time.time()), limit=_MENDED_WITHIN, what="all parts are well")
        except RehearsalError:
            return False

    def close(self) -> None:
        """Watch no more."""
        self._over.set()
        self._thread.join(_EVERY)

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            try:
                self._tell(self._deaths(self._began))
            except RehearsalError:
                return  # the control process is gone, and whoever calls it next says so

    def _tell(self, deaths: Sequence[dict[str, Any]]) -> None:
        for death in deaths:
            if (known := (death["part"], death["at"])) not in self._told:
                self._told.add(known)
                self._say(f"{death['part']} died ({death['how']}). {death['words']}")

    def _deaths(self, since: float) -> Sequence[dict[str, Any]]:
        found: Sequence[dict[str, Any]] = self._call("system.deaths", since=since)
        return found
