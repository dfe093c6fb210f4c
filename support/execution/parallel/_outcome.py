"""What has become of a step, a scenario, a rule or a feature in another process: as plain data, and back.

behave's model holds functions and frames, which no pipe carries. What formatters, reporters and the record look at is
carried: statuses, messages, the error with its type and its traceback, captured output.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from behave.capture import Captured
from behave.model_type import Status

from ...core import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

Told = dict[str, Any]

_DEEPEST: Final = 100
_TYPES: Final[dict[tuple[str, str, bool], type[Exception]]] = {}
_STATUS: Final = {each.name: each for each in Status}


def tell(item: Any) -> Told:  # noqa: ANN401 - any of behave's model elements
    """The state of an element, without what is as it was before the run."""
    told: Told = {"status": item.status.name}
    for scenario in item.walk_scenarios() if hasattr(item, "walk_scenarios") else ():
        if scenario.status is Status.untested:
            scenario._background_steps = None  # noqa: SLF001 - asking for the status has fixed what hooks may yet change
    if item.error_message:
        told["message"] = str(item.error_message)
    if item.hook_failed:
        told["hook_failed"] = True
    if item.exception is not None:
        told["error"] = _error(item)
    if item.captured.has_output():
        found = item.captured.captures
        told["captured"] = [[each.stdout, each.stderr, each.log, each.name, each.failed] for each in found]
    if getattr(item, "should_skip", False):
        told["skip"] = str(item.skip_reason or "")
    return told


def take(item: Any, told: Told) -> None:  # noqa: ANN401 - any of behave's model elements
    """Let an element be in the state that was told of its like."""
    item.error_message, item.hook_failed = told.get("message"), told.get("hook_failed", False)
    error = told.get("error")
    item.exception = None if error is None else _again(error)
    item.exc_traceback = _trace_again(error["trace"]) if error and error["trace"] else None
    take_captured(item, told)
    if "skip" in told:
        item.should_skip, item.skip_reason = True, told["skip"] or None
    item.set_status(_STATUS[told["status"]])


def cleaned(told: Told, clean: Callable[[str], str]) -> Told:
    """What was told of an element, its texts as they may be read by now: more may be known than where it was told."""
    found = dict(told)
    if "message" in told:
        found["message"] = clean(told["message"])
    if "error" in told:
        found["error"] = told["error"] | {"text": clean(told["error"]["text"])}
    if "captured" in told:
        found["captured"] = [[*map(clean, each[:3]), *each[3:]] for each in told["captured"]]
    return found


def skip(container: Any, reason: str) -> None:  # noqa: ANN401 - a feature or a rule
    """Let a container and all that is in it be skipped, as its hook has done elsewhere, and has said there."""
    container.skip()
    for each in (container, *container.walk_scenarios(with_rules=True)):
        each.skip_reason = reason or None


def take_captured(item: Any, told: Told) -> None:  # noqa: ANN401 - any of behave's model elements
    """Let an element have captured what its like has."""
    item.captured.reset()
    for stdout, stderr, log, name, failed in told.get("captured", ()):
        item.captured.add_captured(Captured(stdout, stderr, log, name=name, failed=failed), use_merge=False)


def _error(item: Any) -> Told:  # noqa: ANN401 - any of behave's model elements
    error, trace = item.exception, item.exc_traceback
    return {
        "type": type(error).__name__,
        "module": type(error).__module__,
        "failed": isinstance(error, AssertionError),
        "ours": isinstance(error, RehearsalError),
        "text": _text(error),
        "trace": None if trace is None else _told(trace),
    }


def _text(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - whatever it is, the step has failed for another reason
        return f"<a {type(error).__name__} that cannot be printed>"


def _told(trace: TracebackType) -> Told:
    """A traceback as data; of one that is very deep, the outer frames: neither JSON nor what reads it goes so deep."""
    from tblib import Traceback  # type: ignore[import-untyped]

    told = innermost = Traceback(trace)
    for _ in range(_DEEPEST):
        if innermost.tb_next is None:
            break
        innermost = innermost.tb_next
    innermost.tb_next = None
    found: Told = told.as_dict()
    return found


def _trace_again(told: Told) -> TracebackType | None:
    from tblib import Traceback

    found: TracebackType | None = Traceback.from_dict(told).as_traceback()
    return found


def _again(error: Told) -> Exception:
    """An exception that looks like the one that was raised elsewhere: same name, same words, same colour."""
    key = (error["type"], error["module"], error["failed"])
    if key not in _TYPES:
        base = AssertionError if error["failed"] else RehearsalError if error["ours"] else Exception
        _TYPES[key] = type(error["type"], (base,), {"__module__": error["module"]})
    return _TYPES[key](error["text"])
