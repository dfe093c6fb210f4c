"""Waiting for a condition, with a limit and the last state in the error. The only sleep of Rehearsal is here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from ._errors import PromiseBroken, RehearsalError, sentence

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_FIRST_PAUSE, _LONGEST_PAUSE = 0.002, 0.1


def eventually(check: Callable[[], T], *, limit: float = 10.0, hint: str = "") -> T:
    """The value of `check` as soon as it no longer raises AssertionError: for what the product promised.

    `check` asserts what is expected and says in the assertion what was found. After `limit` seconds PromiseBroken is
    raised with its last words. Any other error passes through at once.
    """
    deadline = _Deadline(limit)
    while True:
        try:
            return check()
        except AssertionError as last:
            if not deadline.pause():
                raise PromiseBroken(deadline.told(str(last) or "the check said nothing", hint)) from last


def wait_until(probe: Callable[[], T | None], *, limit: float, what: str, hint: str = "") -> T:
    """The first value of `probe` that is neither None nor False: for what is ours or the environment's.

    After `limit` seconds RehearsalError is raised; `what` completes "Still not true after ...".
    """
    deadline = _Deadline(limit)
    while True:
        value = probe()
        if value is not None and value is not False:
            return value
        if not deadline.pause():
            raise RehearsalError(deadline.told(what, hint))


class _Deadline:
    """Pauses that grow from 2 ms to 100 ms until the limit is reached."""

    def __init__(self, limit: float) -> None:
        self.limit, self.tries = limit, 1
        self._end, self._pause = time.monotonic() + limit, _FIRST_PAUSE

    def pause(self) -> bool:
        left = self._end - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(self._pause, left))
        self._pause = min(self._pause * 1.5, _LONGEST_PAUSE)
        self.tries += 1
        return True

    def told(self, last: str, hint: str) -> str:
        tries = f"{self.tries} tries" if self.tries > 1 else "1 try"
        return sentence(f"Still not true after {self.limit:g} s ({tries}): {last.rstrip('.')}.", hint)
