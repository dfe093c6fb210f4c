"""Ctrl-C in a worker: as Python's own, but for what may not be torn apart, after which it is heard."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class _Hearer:
    """A handler of SIGINT that can be asked to wait.

    A mask would not do: another thread takes the signal then, and Python raises in the main one all the same. To set
    another handler each time takes four calls of the system, which short scenarios feel.
    """

    def __init__(self) -> None:
        self.depth, self.heard = 0, False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        if not self.depth:
            signal.default_int_handler(number, frame)
        self.heard = True


_HEARER: Final = _Hearer()


def hear_interruptions() -> None:
    """Let Ctrl-C raise KeyboardInterrupt in this process, as ever, but not within `undisturbed`."""
    signal.signal(signal.SIGINT, _HEARER)


@contextmanager
def undisturbed() -> Iterator[None]:
    """A Ctrl-C that comes meanwhile is heard afterwards."""
    if threading.get_ident() != threading.main_thread().ident:
        yield  # nothing is raised here in any case
        return
    _HEARER.depth += 1
    try:
        yield
    finally:
        _HEARER.depth -= 1
        if _HEARER.heard and not _HEARER.depth:
            _HEARER.heard = False
            signal.raise_signal(signal.SIGINT)
