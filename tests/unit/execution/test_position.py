"""Where a worker stands is read by another process, at any moment."""

from __future__ import annotations

import os
import signal

from support.execution.parallel._position import RUNNING, Position


def test_a_position_is_never_read_half_written() -> None:
    """While a worker goes from step to step, its conductor meets no moment of long ago."""
    position = Position()
    position.enter(RUNNING, 7)
    if (worker := os.fork()) == 0:
        while True:
            position.step(1)
            position.rest()
    try:
        places = [position.read() for _ in range(50_000)]
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    assert {(place.phase, place.number) for place in places} == {(RUNNING, 7)}
    assert min(place.entered for place in places) == max(place.entered for place in places) > 0
    assert min(place.since for place in places) >= places[0].entered
