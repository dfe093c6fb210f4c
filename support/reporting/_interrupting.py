"""Letting the user break off what comes after a verdict."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_BOTH: Final = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interruptible() -> Iterator[None]:
    """Meanwhile SIGINT and SIGTERM raise KeyboardInterrupt, whatever they do around; a second one ends the process.

    The end of a run is kept from interruptions, since what closes in order must not be torn apart. What is made of
    results that are safe on disk need not be, and may take minutes.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # A signal that is ignored from outside (nohup, a shell's "&") stays ignored.
    heard = [each for each in _BOTH if signal.getsignal(each) not in (signal.SIG_IGN, None)]
    before = {each: signal.signal(each, _interrupt) for each in heard}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    for each in _BOTH:
        if signal.getsignal(each) is _interrupt:
            signal.signal(each, signal.SIG_DFL)
    raise KeyboardInterrupt
