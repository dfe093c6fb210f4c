"""What behave does at each step and scenario, done faster; nothing that can be seen is different."""

from __future__ import annotations

import atexit
import gc
import io
import sys
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from behave import model_core
from behave.matchers import Match
from behave.model_type import Status
from behave.runner import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_QUESTIONS: Final = (
    "has_failed", "is_passed", "is_error", "is_hook_error", "is_untested", "is_pending", "is_undefined", "is_final",
)  # fmt: skip

_BUFFERED: Final = {io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom}


class QuickContext(Context):  # type: ignore[misc] # behave has no types
    """As behave's in every respect that can be seen.

    behave formats two frames of the call stack, source lines included, at each assignment, for a warning that hardly
    any run needs: a quarter of the time of short scenarios. Here the frame's place is noted, which the warning shows.
    """

    def __setattr__(self, attr: str, value: object) -> None:
        if attr[0] == "_":
            self.__dict__[attr] = value
            return
        stack, record, origin = self._stack, self._record, self._origin
        for frame in stack[1:]:
            if attr in frame:
                filename, line, function = record[attr][0], record[attr][1], record[attr][3]
                self._emit_warning(attr, {"attr": attr, "filename": filename, "line": line, "function": function})
        caller = sys._getframe(1)  # noqa: SLF001 - inspect.currentframe, without the module
        record[attr] = (caller.f_code.co_filename, caller.f_lineno, "", caller.f_code.co_name)
        stack[0][attr] = value
        if attr not in origin:
            origin[attr] = self._mode


@contextmanager
def quick_answers() -> Iterator[None]:
    """Meanwhile, what behave asks at each step and always answers alike is found out once.

    Where a step function and a file stand (a search of the disk's names at each step), and what a status means (a
    comparison with each of its kin: a fifth of the time of short scenarios).
    """
    quick: list[tuple[Any, str, Any]] = [
        (Match, "make_location", staticmethod(cache(Match.make_location))),
        (model_core, "make_relpath_if_possible", cache(model_core.make_relpath_if_possible)),
        (Status, "__eq__", _equals),
        *((Status, question, _known(getattr(Status, question))) for question in _QUESTIONS),
    ]
    before = [(owner, name, vars(owner)[name]) for owner, name, _ in quick]
    _set(quick)
    try:
        yield
    finally:
        _set(before)


@contextmanager
def lasting() -> Iterator[None]:
    """What is made meanwhile stays until the run ends: from now on, nothing of it is looked through for garbage.

    A suite of thousands of scenarios is millions of objects, and the collector would go through them again and again
    (a fifth of such a run), and in a forked worker copy each page of them. `forgotten` takes it back.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


@contextmanager
def forgotten() -> Iterator[None]:
    """After this, what was to last is like everything else again."""
    try:
        yield
    finally:
        gc.unfreeze()


def end_without_collecting() -> None:
    """Let this process end, whenever it does, without a search for garbage, which takes longer than a short scenario.

    What a collected file would have written is written all the same. For a process in which no hooks and steps run:
    what else theirs may do when they are collected would not be done.
    """
    atexit.register(_flush_and_freeze)


def _flush_and_freeze() -> None:
    for each in gc.get_objects():
        if type(each) in _BUFFERED and not each.closed:
            with suppress(OSError, ValueError):
                each.flush()
    gc.freeze()


def _set(attributes: Iterable[tuple[Any, str, Any]]) -> None:
    for owner, name, value in attributes:
        setattr(owner, name, value)


def _known(question: Callable[[Status], bool]) -> Callable[[Status], bool]:
    """The same question, with the answers at hand."""
    answers = {each._name_: question(each) for each in Status}
    return lambda status: answers[status._name_]


def _equals(status: Status, other: object) -> bool:
    """As behave's: a status equals itself and its name."""
    if status is other:
        return True
    return status._name_ == other if isinstance(other, str) else NotImplemented
