"""What has become of a scenario whose process died in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from behave.model_type import Status

from ._position import RUNNING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ._channel import Message
    from ._outcome import Told
    from ._plan import Item
    from ._position import Place

_BETWEEN: Final = float("inf")


def broken_off(item: Item, place: Place, results: Mapping[int, Told], how: str, worker: str) -> Message:
    """The outcome of a scenario whose process died: broken on the step at which it stood, or itself if at none.

    `results` are those of its steps that ended other than plainly passed: a step that had failed stays failed, and so
    does its scenario.
    """
    told = f"The process that ran this scenario {how}."
    error = {"type": "WorkerDied", "module": __name__, "failed": False, "ours": False, "text": told, "trace": None}
    broken = {"status": "error", "message": f"WorkerDied: {told}", "error": error}
    ended = range(place.step + (place.since == _BETWEEN or place.step in results))
    states = {step: results[step] for step in ended if step in results}
    at_none = place.step in ended or place.step < 0
    if not at_none:
        states[place.step] = broken
    count = len(list(item.scenario.all_steps))
    tape = [["scenario", item.scenario.name], *_tape(place, count, states)]
    if at_none:
        tape.append(["err", f"{item.scenario.location}: {told}\n"])
    status = _by_steps(states)
    state = {"status": status} if status else {"status": "hook_error", "hook_failed": True}
    rest = [states[step]["status"] if step in states else "passed" for step in range(place.step + 1)]
    return {
        "is": "ended", "number": item.number, "attempt": place.attempt, "tape": tape,
        "state": broken | state if at_none else state, "rest": rest + ["skipped"] * (count - len(rest)),
        "undefined": [], "took": place.ended - place.began, "broken_off": {"worker": worker, "began": place.began},
    }  # fmt: skip


def _tape(place: Place, count: int, states: Mapping[int, Told]) -> list[list[Any]]:
    """What formatters would have been told; how long steps took is known by their moments."""
    tape: list[list[Any]] = [["steps", count]] if place.phase == RUNNING else []
    moments = [*place.moments, place.ended]
    for step in range(place.step + 1):
        took = moments[step + 1] - moments[step] if step + 1 < len(moments) else 0.0
        tape += [["find", step], ["result", step, took, *([states[step]] if step in states else [])]]
    return tape


def _by_steps(states: Mapping[int, Told]) -> str:
    """The status that the steps give their scenario, as behave sees it: by the first that went badly, if one did."""
    bad = (name for _, state in sorted(states.items()) if Status[name := state["status"]].has_failed())
    first = next(bad, "")
    return "error" if first not in {"", "failed"} else first
