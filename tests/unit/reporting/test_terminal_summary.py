"""The terminal summary: the few lines one needs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from support.record import EvidenceRecord, Run, ScenarioRecord, ScenarioStarted, StepRecord
from support.reporting import terminal_summary
from tests.unit.reporting.records import HOSTILE, RERUN, STARTED, accident, ended, promise, run

FOLDER = Path("reports/r1")


def summary(*scenarios: ScenarioRecord) -> str:
    """The summary of a run that came to its end."""
    return terminal_summary(run(*scenarios), FOLDER)


def test_a_failure_says_all_one_needs() -> None:
    """Feature, rule, scenario, step, message, place, evidence and the command to repeat it: nothing more."""
    seen = EvidenceRecord("http.exchange", "GET /", file="evidence/x-1/01-http-exchange.json")
    told = summary(ended("The last one", "failed", steps=(promise(),), evidence=(seen,)))
    assert told.split("\n\n")[0].splitlines() == [
        "FAILED (product)  Ordering > Stock > The last one",
        "  expected  Then it is sold out",
        "  found     expected 1, found 2",
        "  where     features/a.feature:14",
        "  evidence  reports/r1/evidence/x-1/01-http-exchange.json (1 http.exchange)",
        "  rerun     " + RERUN,
    ]


def test_what_is_flaky_is_told_by_its_first_bad_attempt() -> None:
    """What passed only when repeated is told with what went wrong before, where that lies, and how to see it again."""
    seen = EvidenceRecord("http.exchange", "GET /", file="evidence/x-1/01-http-exchange.json")
    first = ended("Shaky", "failed", steps=(promise(),), evidence=(seen,))
    told = summary(first, ended("Shaky", "error", attempt=2), ended("Shaky", attempt=3)).split("\n\n")
    assert told[0].splitlines() == [
        "FLAKY (passed in attempt 3)  Ordering > Stock > Shaky",
        "  attempts  1 failed, 1 broken, 1 passed (of 3)",
        "  expected  Then it is sold out",
        "  found     expected 1, found 2",
        "  where     features/a.feature:14",
        "  evidence  reports/r1/evidence/x-1/01-http-exchange.json (1 http.exchange)",
        "  rerun     " + RERUN,
    ]
    assert told[1].startswith("FLAKY: 1 flaky in 12 s")


def test_a_run_that_fails_because_of_what_is_flaky_says_so() -> None:
    """An exit status that the verdict does not explain is explained."""
    started = replace(STARTED, settings={"fail_on_flaky": "true"})
    told = run(ended("a", "failed"), ended("a", attempt=2), exit_status=1, started=started)
    assert "The run fails because of what is flaky: -D fail_on_flaky." in terminal_summary(told, FOLDER)


def test_what_fails_when_repeated_is_told_with_how_often() -> None:
    """One bad attempt of several is a failure; how many there were is told."""
    started = replace(STARTED, settings={"repeat": "3"})
    attempts = (ended("a"), ended("a", "failed", attempt=2, steps=(promise(),)), ended("a", attempt=3))
    told = terminal_summary(run(*attempts, exit_status=1, started=started), FOLDER)
    assert "attempts  2 passed, 1 failed (of 3)" in told
    assert "FAILED: 1 failed" in told


def test_what_is_ours_is_not_blamed_on_the_product() -> None:
    """A broken scenario is yellow, with the type of the error and where it was raised."""
    told = summary(ended("Ordering", "error", steps=(accident(),)))
    assert "BROKEN (ours or the environment)  Ordering" in told
    assert "during    When Ada orders" in told
    assert "found     OSError: boom" in told
    assert "raised    b.py:2 in b" in told


def test_a_failing_clean_up_is_told_beside_the_failure() -> None:
    """A second trouble does not get lost behind the first."""
    told = summary(ended("A", "failed", steps=(promise("found 2"),), afterwards="The browser did not close."))
    assert "  then      The browser did not close." in told


def test_a_message_with_a_semicolon_is_one_message() -> None:
    """Only what went wrong later is told as later."""
    reason = "Then it is sold out: expected 1; found 2"
    told = summary(ended("A", "failed", steps=(promise("expected 1;\nfound 2"),), reason=reason))
    assert "  then " not in told


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
    assert "... and 10 more: all are in reports/r1/record.jsonl." in told


def test_reasons_for_not_running_are_told_once() -> None:
    """What smoke has stopped, or a profile cannot do, is counted by reason."""
    told = summary(*(ended(f"s{number}", "untested", reason="Not started: smoke failed.") for number in range(3)))
    assert told.count("Not started: smoke failed.") == 1
    assert "3 not run  Not started" in told


def test_the_end_says_verdict_counts_seed_and_place() -> None:
    """The last lines are enough to cite the run."""
    assert summary(ended("a", "passed"), ended("b", "skipped")).splitlines() == [
        "PASSED: 1 passed, 1 skipped in 12 s",
        "  run       r1, seed 4711, profile embedded",
        "  record    reports/r1/record.jsonl",
        "  pages     python -m support report",
    ]


def test_pages_of_a_run_that_lies_elsewhere_are_made_by_its_folder(tmp_path: Path) -> None:
    """The command alone would make those of another run."""
    told = terminal_summary(run(ended("a")), tmp_path / "a run").splitlines()
    assert told[-1] == f"  pages     python -m support report '{tmp_path / 'a run'}'"


def test_the_front_door_is_named_once_it_is_made(tmp_path: Path) -> None:
    """Where there are pages, the end leads to them and does not say how to make them."""
    (tmp_path / "report").mkdir()
    for page in ("index.html", "report/index.html"):
        (tmp_path / page).touch()
    told = terminal_summary(run(ended("a")), tmp_path).splitlines()
    assert told[-1] == f"  report    {tmp_path}/index.html"


def test_nothing_that_a_product_says_reaches_the_terminal_as_a_command() -> None:
    """Control characters in names, messages and paths are spelt out."""
    seen = EvidenceRecord(HOSTILE, HOSTILE, file=HOSTILE)
    step = StepRecord(HOSTILE, HOSTILE, "error", error=HOSTILE, error_type=HOSTILE, trace=HOSTILE)
    told = summary(
        ended(HOSTILE, "error", steps=(step,), evidence=(seen,), rerun=HOSTILE, feature_file=HOSTILE),
        ended("x", "skipped", reason=HOSTILE),
    )
    assert not {letter for letter in told if letter < " "} - {"\n"}
    assert "\u202e" not in told
    assert r"\x1b[31m" in told


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
