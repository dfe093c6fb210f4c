"""The terminal summary: the few lines one needs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from support.record import EvidenceRecord, Run, RunFinished, RunStarted, ScenarioRecord, ScenarioStarted, StepRecord
from support.reporting import terminal_summary

FOLDER = Path("reports/r1")
STARTED = RunStarted(run_id="r1", seed=4711, started_at=0.0, profile="embedded")
RERUN = "behave features/a.feature:12 -D seed=4711"


def ended(name: str, status: str, **more: object) -> ScenarioRecord:
    """A scenario's record with everything that a summary looks at."""
    return ScenarioRecord(
        scenario_id=name, run_id="r1", feature="Ordering", rule="Stock", name=name, status=status,
        feature_file="features/a.feature", line=12, rerun=RERUN, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def summary(*scenarios: ScenarioRecord, exit_status: int = 0, reason: str = "") -> str:
    """The summary of a run that came to its end."""
    finished = RunFinished(finished_at=1.0, exit_status=exit_status, duration=12.34, reason=reason)
    return terminal_summary(Run(STARTED, scenarios, finished), FOLDER)


def test_a_failure_says_all_one_needs() -> None:
    """Feature, rule, scenario, step, message, place, evidence and the command to repeat it: nothing more."""
    step = StepRecord(
        "Then", "it is sold out", "failed", line=14, error="expected 1, found 2", error_type="PromiseBroken"
    )
    seen = EvidenceRecord("http.exchange", "GET /", file="evidence/x-1/01-http-exchange.json")
    told = summary(ended("The last one", "failed", steps=(step,), evidence=(seen,)), exit_status=1)
    assert told.split("\n\n")[0].splitlines() == [
        "FAILED (product)  Ordering > Stock > The last one",
        "  Then it is sold out",
        "    expected 1, found 2",
        "  where     features/a.feature:14",
        "  evidence  reports/r1/evidence/x-1/01-http-exchange.json (1 http.exchange)",
        "  rerun     " + RERUN,
    ]


def test_what_is_ours_is_not_blamed_on_the_product() -> None:
    """A broken scenario is yellow, with the type of the error and where it was raised."""
    step = StepRecord(
        "When", "Ada orders", "error", error="boom", error_type="OSError", trace="a.py:1 in a\nb.py:2 in b"
    )
    told = summary(ended("Ordering", "error", steps=(step,)), exit_status=1)
    assert "BROKEN (ours or the environment)  Ordering" in told
    assert "OSError: boom" in told
    assert "raised    b.py:2 in b" in told


def test_a_failing_clean_up_is_told_beside_the_failure() -> None:
    """A second trouble does not get lost behind the first."""
    step = StepRecord("Then", "it is sold out", "failed", error="found 2")
    told = summary(
        ended("A", "failed", steps=(step,), reason="Then it is sold out: found 2; The browser did not close.")
    )
    assert "    then: The browser did not close." in told


def test_long_messages_are_cut_and_red_comes_first() -> None:
    """At most ten lines a failure, and the product's failures before ours."""
    long = StepRecord("Then", "x", "failed", error="\n".join(f"line {n}" for n in range(50)), error_type="X", trace="t")
    blocks = summary(ended("Ours", "error", reason="x"), ended("Product", "failed", steps=(long,))).split("\n\n")
    assert blocks[0].startswith("FAILED (product)")
    assert len(blocks[0].splitlines()) <= 10
    assert "... (50 lines)" in blocks[0]


def test_many_failures_do_not_fill_the_screen() -> None:
    """Twenty are told, the others counted."""
    told = summary(*(ended(f"s{number}", "failed", reason="x") for number in range(30)))
    assert told.count("FAILED (product)") == 20
    assert "... and 10 more" in told


def test_reasons_for_not_running_are_told_once() -> None:
    """What smoke has stopped, or a profile cannot do, is counted by reason."""
    told = summary(*(ended(f"s{number}", "untested", reason="Not started: smoke failed.") for number in range(3)))
    assert told.count("Not started: smoke failed.") == 1
    assert "3 not run  Not started" in told


def test_the_end_says_verdict_counts_seed_and_place() -> None:
    """The last lines are enough to cite the run."""
    assert summary(ended("a", "passed"), ended("b", "skipped")).splitlines() == [
        "PASSED: 1 passed, 1 skipped in 12.3 s",
        "  run       r1, seed 4711, profile embedded",
        "  record    reports/r1/record.jsonl",
    ]


def test_a_run_that_died_says_where() -> None:
    """A record without an end is never green, and names the scenario that was running."""
    inside = ScenarioStarted("b", "Ada signs in", 1.0, feature_file="features/b.feature", line=3)
    told = terminal_summary(Run(STARTED, [ended("a", "passed")], None, [inside]), FOLDER)
    assert "BROKEN: 1 passed" in told
    assert "it died inside 'Ada signs in' (features/b.feature:3)" in told


@pytest.mark.parametrize(("tty", "no_color", "coloured"), [(True, "", True), (True, "1", False), (False, "", False)])
def test_colours_only_where_they_are_wanted(
    monkeypatch: pytest.MonkeyPatch, *, tty: bool, no_color: str, coloured: bool
) -> None:
    """A terminal without NO_COLOR gets colours; nothing else does."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: tty, raising=False)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert ("\x1b[" in summary(ended("a", "failed", reason="x"))) is coloured
