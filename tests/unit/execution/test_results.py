"""How steps have ended is known after their process has died, however much they had to say."""

from __future__ import annotations

import pytest

from support.execution.parallel._position import RUNNING, Position
from support.execution.parallel._results import Results

SAID = {"status": "failed", "message": "expected 1, found 2", "error": {"type": "AssertionError", "trace": ["..."]}}


def test_results_are_read_as_they_were_noted() -> None:
    """By the numbers of their steps; a scenario that begins has none."""
    results = Results()
    results.note(1, {"status": "passed", "captured": [["said", "", "", None, False]]})
    results.note(3, SAID)
    assert results.read() == {1: {"status": "passed", "captured": [["said", "", "", None, False]]}, 3: SAID}
    results.clear()
    assert results.read() == {}


@pytest.mark.parametrize("long", ["message", "captured"])
def test_of_what_is_too_long_the_status_stays(long: str) -> None:
    """A failed step says in plain words that the rest is lost; what it is of is known."""
    results = Results()
    results.note(0, {"status": "passed", "captured": "x" * 1_000_000})
    results.note(1, SAID | {long: "x" * 1_000_000})
    (step,) = results.read()
    told = results.read()[step]
    assert (step, told["status"], told["error"]["type"], told["error"]["trace"]) == (
        1,
        "failed",
        "AssertionError",
        None,
    )
    assert "is lost" in told["message"]
    assert told["error"]["text"] == told["message"]


def test_hundreds_of_failed_steps_are_failed() -> None:
    """Also if the room is full of what the first of them said."""
    results = Results()
    for step in range(500):
        results.note(step, {"status": "failed", "message": "x" * 10_000})
    assert [told["status"] for told in results.read().values()] == ["failed"] * 500


def test_a_step_that_nobody_defined_has_ended() -> None:
    """It has no hooks of its own; who dies afterwards does not stand in it."""
    position = Position()
    position.enter(RUNNING, 0)
    position.step(0)
    position.ended(0, {"status": "undefined"})
    assert position.read().since == float("inf")
    assert position.results.read() == {0: {"status": "undefined"}}
    position.enter(RUNNING, 1)
    assert position.results.read() == {}
