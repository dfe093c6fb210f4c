"""What behave does at each step and scenario, done faster; nothing that can be seen is different."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from behave.matchers import Match
from behave.runner import Context

if TYPE_CHECKING:
    from collections.abc import Iterator


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
def quick_matches() -> Iterator[None]:
    """Meanwhile, where a step function stands is found out once, and not at each of its steps."""
    before = Match.make_location
    Match.make_location = staticmethod(cache(before))
    try:
        yield
    finally:
        Match.make_location = staticmethod(before)
