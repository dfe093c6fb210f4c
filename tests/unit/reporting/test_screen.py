"""Where progress is shown: a terminal that can be drawn on, or a log that grows."""

from __future__ import annotations

import io
import re

import pytest

from support.reporting._durations import Estimate
from support.reporting._plain_text import cells
from support.reporting._screen import LiveScreen, PlainScreen, Screen, encodable, screen


class Stream(io.StringIO):
    """A stream that may be a terminal."""

    def __init__(self, *, tty: bool = False) -> None:
        super().__init__()
        self._tty = tty

    def isatty(self) -> bool:
        """Whether it is one."""
        return self._tty


@pytest.mark.parametrize(
    ("tty", "term", "kind"),
    [(True, "xterm", LiveScreen), (True, "dumb", PlainScreen), (True, "", PlainScreen), (False, "xterm", PlainScreen)],
)
def test_only_a_terminal_is_drawn_on(
    monkeypatch: pytest.MonkeyPatch, *, tty: bool, term: str, kind: type[Screen]
) -> None:
    """Files, pipes and terminals that can do nothing get lines."""
    monkeypatch.setenv("TERM", term)
    assert type(screen(Stream(tty=tty))) is kind


def test_a_log_has_a_line_for_each_scenario() -> None:
    """Number, verdict, time, name and place; what went wrong below it; no control character."""
    stream = Stream()
    plain = PlainScreen(stream)
    plain.start(estimate := Estimate(map(str, range(12)), {}))
    estimate.end("1", 0.42)
    plain.scenario("passed", "One", 0.42, "a.feature:1", "")
    estimate.end("2", 61)
    plain.scenario("failed", "Two", 61, "a.feature:9", "Then it is sold out: found 2")
    plain.feature("A", ["passed"], 1.0)
    plain.close()
    assert stream.getvalue().splitlines() == [
        "[ 1/12] passed      0.4 s  One  (a.feature:1)",
        "[ 2/12] FAILED  1 min 1 s  Two  (a.feature:9)",
        "        Then it is sold out: found 2",
    ]


def test_a_log_says_that_a_long_scenario_goes_on() -> None:
    """By lines, from the thirtieth second; a short one says nothing."""
    stream = Stream()
    plain = PlainScreen(stream)
    plain.begin("One")
    plain.tick(29, "Given x")
    plain.tick(65, "Given x")
    assert stream.getvalue() == "... running for 1 min 5 s: One (Given x)\n"


def shown(columns: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a terminal of so many columns is sent."""
    monkeypatch.setattr("support.reporting._screen._columns", lambda _stream: columns)
    stream = Stream(tty=True)
    live = LiveScreen(stream)
    live.start(estimate := Estimate(["a", "b"], {"a": 90.0, "b": 30.0}))
    live.begin("世界" * 50)
    live.tick(3.0, "Given x")
    estimate.end("a", 0.4)
    live.scenario("passed", "One", 0.4, "a.feature:1", "")
    estimate.end("b", 1.0)
    live.scenario("broken", "Two " * 30, 1.0, "a.feature:1", "boom " * 30)
    live.feature("Feature " * 20, ["passed", "broken"], 1.4)
    live.feature("Nothing ran", [], 0.0)
    live.tick(0.0, "")
    live.close()
    return stream.getvalue()


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """A line that wraps could not be drawn over."""
    for line in re.split(r"[\r\n]", shown(columns, monkeypatch)):
        assert cells(re.sub(r"\x1b\[[0-9;]*[mK]", "", line)) < columns, line


def test_a_terminal_tells_what_is_left_and_what_is_bad(monkeypatch: pytest.MonkeyPatch) -> None:
    """How far it is, how many are bad, and about how long it will take; a scenario that passed has no line."""
    monkeypatch.setenv("NO_COLOR", "1")
    told = shown(80, monkeypatch)
    assert "0/2  0.0 s, about 2 min 0 s left  世界" in told
    assert "2/2  1 broken" in told
    assert "One" not in told
    assert "Nothing ran" not in told
    assert "1 passed, 1 broken   1.4 s\n" in told
    assert told.endswith("\r\x1b[2K")
    assert "\x1b[1" not in told


def test_what_a_stream_cannot_write_is_spelt_out() -> None:
    """A terminal of another encoding is no reason to die."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert encodable("✓ ü", stream) == r"\u2713 \xfc"
    live = LiveScreen(stream)
    live.scenario("failed", "ü", 1.0, "a.feature:1", "")
    assert "x" in live._mark("failed")


@pytest.mark.parametrize("tty", [True, False])
def test_a_scenario_that_runs_again_counts_once(*, tty: bool) -> None:
    """Nobody meets 3 of 2."""
    stream = Stream(tty=tty)
    told: Screen = LiveScreen(stream) if tty else PlainScreen(stream)
    told.start(estimate := Estimate(["a", "b"], {}))
    for scenario in ("a", "b", "b"):
        estimate.end(scenario, 1.0)
        told.scenario("failed", scenario, 1.0, "a.feature:1", "")
    told.tick(0.0, "")
    assert "2/2" in stream.getvalue().splitlines()[-1]
    assert "3/2" not in stream.getvalue()


def test_what_runs_side_by_side_is_estimated_for_so_many_workers() -> None:
    """The time left is shared by the workers; a log says it only after a while without a word."""
    estimate = Estimate(["a", "b", "c"], {"a": 60.0, "b": 60.0, "c": 120.0})
    estimate.end("a", 60.0)
    stream = Stream()
    plain = PlainScreen(stream)
    plain.start(estimate)
    plain.side_by_side(estimate, 1, ["worker 1: B (3 s)"], 2)
    assert stream.getvalue() == ""
    plain.pause = 0.0
    plain.side_by_side(estimate, 1, ["worker 1: B (3 s)"], 2)
    assert stream.getvalue() == "... 1/3 have run, 1 bad, about 1 min 30 s left, worker 1: B (3 s)\n"
