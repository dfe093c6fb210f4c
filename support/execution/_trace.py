"""Where an error was raised, told without the paths of this machine."""

from __future__ import annotations

import os
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..core import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType


_PACKAGES: Final = ("site-packages", "dist-packages")
_PYTHON: Final = str(Path(os.__file__).parent)


def message_of(error: BaseException) -> str:
    """What an error says; its type if it says nothing."""
    return str(error).strip() or type(error).__name__


def trace_of(trace: TracebackType | None) -> str:
    """The user's frames of an error from the step inwards, one a line: file, line, function, and the line of code.

    Those of libraries are left out, unless there are no others; and, as pytest and allure do, those of functions that
    have a local variable `__tracebackhide__`.
    """
    told = (place for place in traceback.walk_tb(trace) if "__tracebackhide__" not in place[0].f_locals)
    frames = [frame for frame in traceback.StackSummary.extract(told) if not frame.filename.startswith("<")]
    shown = [frame for frame in frames if not _in_library(frame.filename)] or frames[-1:]
    return "\n".join(f"{_short(frame.filename)}:{frame.lineno} in {frame.name}: {frame.line}" for frame in shown)


def without_traces_of_ours(formatters: Iterable[Any]) -> None:
    """Have the formatters show an error that we have worded as its words alone, not as behave's traceback."""
    for formatter in formatters:
        formatter.result = _shortened(formatter.result)


def _shortened(result: Callable[[Any], None]) -> Callable[[Any], None]:
    def told(step: Any) -> None:  # noqa: ANN401 - behave's model has no types
        if isinstance(step.exception, RehearsalError) and step.error_message:
            step.error_message = message_of(step.exception)
        result(step)

    return told


def _in_library(filename: str) -> bool:
    return any(f"/{marker}/" in filename for marker in _PACKAGES) or filename.startswith(_PYTHON)


def _short(filename: str) -> str:
    """A path as seen from here, or from the folder of packages that holds it."""
    path = Path(filename)
    here = Path.cwd()
    for marker in _PACKAGES:
        if marker in path.parts:
            return "/".join(path.parts[path.parts.index(marker) + 1 :])
    if path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    return path.name if path.is_absolute() else filename
