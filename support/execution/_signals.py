"""One interruption ends a run in order; a second one ends it now."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from types import FrameType, TracebackType

_BOTH: Final = (signal.SIGINT, signal.SIGTERM)


class Interruptions:
    """While entered, the first SIGINT or SIGTERM raises KeyboardInterrupt; a second one kills the process.

    Once `closing` is set, the first one only counts: what closes in order must not be torn apart.
    """

    def __init__(self) -> None:
        self.closing = False
        self.seen = False
        self._before: dict[signal.Signals, signal._HANDLER] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            # A signal that is ignored from outside (nohup, a shell's "&") stays ignored.
            heard = [each for each in _BOTH if signal.getsignal(each) not in (signal.SIG_IGN, None)]
            self._before = {each: signal.signal(each, self._interrupt) for each in heard}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each, handler in self._before.items():
            signal.signal(each, handler)

    def _interrupt(self, _number: int, _frame: FrameType | None) -> None:
        __tracebackhide__ = True
        self.seen = True
        for each in self._before:
            signal.signal(each, signal.SIG_DFL)
        if not self.closing:
            raise KeyboardInterrupt
