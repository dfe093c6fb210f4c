"""Where an error was raised, told without the paths of this machine."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import TracebackType


def message_of(error: BaseException) -> str:
    """What an error says; its type if it says nothing."""
    return str(error).strip() or type(error).__name__


def trace_of(trace: TracebackType | None) -> str:
    """The frames of an error from the step inwards, one a line: file, line, function, and the line of code."""
    frames = [(_short(frame.filename), frame) for frame in traceback.extract_tb(trace)]
    return "\n".join(
        f"{path}:{frame.lineno} in {frame.name}: {frame.line}"
        for path, frame in frames
        if not path.startswith(("behave/", "<"))
    )


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


def _short(filename: str) -> str:
    """A path as seen from here, or from the folder of packages that holds it."""
    path = Path(filename)
    here = Path.cwd()
    for marker in ("site-packages", "dist-packages"):
        if marker in path.parts:
            return "/".join(path.parts[path.parts.index(marker) + 1 :])
    if path.is_relative_to(here):
        return path.relative_to(here).as_posix()
    return path.name if path.is_absolute() else filename
