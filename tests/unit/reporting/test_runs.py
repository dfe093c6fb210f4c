"""What is remembered of runs and of how long scenarios take."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from support.reporting._durations import Estimate, durations
from support.reporting._runs import past_runs, remember
from tests.unit.reporting.records import STARTED, ended, run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_run_is_remembered_once(tmp_path: Path) -> None:
    """Telling a run again changes nothing; a run that has ended since takes the place of what was known."""
    bad = run(ended("a"), ended("b", "failed"))
    remember(replace(bad, finished=None), tmp_path)
    remember(bad, tmp_path)
    remember(bad, tmp_path)
    assert len((tmp_path / "runs.jsonl").read_text().splitlines()) == 2
    (past,) = past_runs(tmp_path)
    assert (past.run_id, past.verdict, past.bad, past.duration) == ("r1", "failed", ["b"], 12.34)


def test_runs_are_told_in_the_order_in_which_they_began(tmp_path: Path) -> None:
    """Also if the later one ended first; the oldest fall out."""
    for at in (3.0, 1.0, 2.0):
        remember(run(started=replace(STARTED, run_id=f"r{at}", started_at=at)), tmp_path)
    assert [each.run_id for each in past_runs(tmp_path, last=2)] == ["r2.0", "r3.0"]


def test_only_runs_before_a_moment_may_be_asked_for(tmp_path: Path) -> None:
    """Later ones take no room among the last: thirty of them do not hide what an old run had before it."""
    for at in range(40):
        remember(run(started=replace(STARTED, run_id=f"r{at}", started_at=float(at))), tmp_path)
    assert [each.run_id for each in past_runs(tmp_path, last=2, before=5.0)] == ["r3", "r4"]


def test_an_old_run_that_is_told_again_overwrites_nothing(tmp_path: Path) -> None:
    """Durations stay those of the newest run; what only the old one knows is added, and the run stands once."""
    old = run(ended("a", duration=1.0), ended("gone", duration=2.0))
    for at in range(1, 40):
        new = replace(STARTED, run_id=f"r{at + 1}", started_at=float(at))
        remember(run(ended("a", duration=9.0), started=new), tmp_path)
    remember(old, tmp_path)
    remember(old, tmp_path)
    assert durations(tmp_path) == {"gone": 2.0, "a": 9.0}
    assert len((tmp_path / "runs.jsonl").read_text().splitlines()) == 40


def test_a_damaged_memory_is_no_trouble(tmp_path: Path) -> None:
    """Lines that are torn, of another make, or lie, are passed over; so is a folder that cannot be written to."""
    whole = {"run_id": "r2", "started_at": 1, "duration": 1, "verdict": "passed", "counts": {"passed": 1}}
    made_up: list[dict[str, object]] = [
        {"verdict": "<b>"},
        {"counts": {"passed": "many"}},
        {"counts": []},
        {"started_at": None},
        {"started_at": "1"},
    ]
    lies = [*(whole | {"run_id": f"lie{number}"} | lie for number, lie in enumerate(made_up)), [], 3]
    (tmp_path / "runs.jsonl").write_text("\n".join([*map(json.dumps, [*lies, whole]), '{"run_id": "to']))
    (tmp_path / "durations.json").write_text("[]")
    assert [each.run_id for each in past_runs(tmp_path)] == ["r2"]
    assert durations(tmp_path) == {}
    remember(run(ended("a")), tmp_path / "missing")


def test_durations_are_those_of_the_last_time_it_ran(tmp_path: Path) -> None:
    """A scenario that was skipped keeps what was known of it."""
    remember(run(ended("a", duration=1.0), ended("b", duration=2.0)), tmp_path)
    remember(run(ended("a", "failed", duration=3.0), ended("b", "skipped", duration=0.1)), tmp_path)
    assert durations(tmp_path) == {"a": 3.0, "b": 2.0}


def test_what_is_left_is_estimated_from_earlier_runs() -> None:
    """Each scenario counts with what it took before, as soon as the run begins."""
    estimate = Estimate(["a", "b", "c"], {"a": 1.0, "b": 2.0, "c": 3.0})
    assert estimate.left == 6.0
    estimate.end("b", 50.0)
    assert estimate.left == 4.0


def test_what_was_never_run_counts_like_the_others() -> None:
    """Unknown scenarios take what those of this run took on average, once three have said so."""
    estimate = Estimate(["a", "b", "c", "new"], {})
    estimate.end("a", 1.0)
    assert estimate.left is None
    estimate.end("b", 2.0)
    estimate.end("c", 3.0)
    assert estimate.left == 2.0


def test_without_a_plan_nothing_is_estimated() -> None:
    """behave's own runner tells no formatter what will come."""
    estimate = Estimate((), {})
    estimate.end("a", 1.0)
    assert (estimate.left, estimate.ended) == (None, 1)
