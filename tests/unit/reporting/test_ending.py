"""The end of a run: what is told of it, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.record import RecordWriter
from support.reporting import Ending, troubles_of
from support.reporting import _ending as module
from tests.unit.reporting.records import STARTED, ended, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from support.record import Run

    Finish = Callable[[Sequence[str]], Run]

SECRETS = {"hunter2-hunter2": "secrets.key"}


@pytest.fixture
def told() -> list[str]:
    """What was told and done, in order."""
    return []


@pytest.fixture
def ending(tmp_path: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> Ending:
    """The end of a run r1; nobody makes its pages, nor removes anything."""
    folder = tmp_path / "r1"
    writer = RecordWriter(folder / "record.jsonl")
    writer.write(STARTED)
    writer.close()

    def pruned(*_: object, **__: object) -> list[Path]:
        told.append("prune")
        return [folder]

    monkeypatch.setattr(module, "follow_with_pages", lambda *_, **__: told.append("pages"))
    monkeypatch.setattr(module, "prune", pruned)
    return Ending(folder, [], pages=True, keep_runs=3, tell=told.append)


@pytest.fixture
def finish(told: list[str]) -> Finish:
    """Finish the record with the troubles that there were since."""

    def finished(later: Sequence[str]) -> Run:
        told.append(f"finish {len(later)}")
        return run(ended("One"), exit_status=int(bool(later)), reason="; ".join(later))

    return finished


def test_what_ends_well_is_told_once(
    ending: Ending, finish: Finish, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The record is finished, then published, then summed up; pages are made last, and room after them."""
    done, well = ending.publish(finish, SECRETS)
    assert well
    assert {each.name for each in ending.folder.iterdir()} == {"record.jsonl", "results", "junit.xml", "index.html"}
    ending.conclude(done)
    assert capsys.readouterr().out.startswith("PASSED: 1 passed")
    stay = f"Removed 1 older runs from {ending.folder.parent}: the newest 3 stay (-D keep_runs)."
    assert told == ["finish 0", "pages", "prune", stay]


def test_a_secret_fails_the_run_and_leaves_the_pages_out(
    ending: Ending, finish: Finish, told: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """The record is finished again, and what is published tells the leak by its place and name."""
    (ending.folder / "a.log").write_text(*SECRETS)
    done, well = ending.publish(finish, SECRETS)
    ending.conclude(done)
    assert not well
    assert "a.log: secrets.key" in capsys.readouterr().out
    assert "a.log: secrets.key" in (ending.folder / "junit.xml").read_text()
    assert told[:3] == ["finish 0", "finish 1", "prune"]


def test_what_cannot_be_published_hides_no_leak(ending: Ending, finish: Finish, told: list[str]) -> None:
    """Both fail the run, and both stand in its record."""
    (ending.folder / "junit.xml").mkdir()
    (ending.folder / "a.log").write_text(*SECRETS)
    done, well = ending.publish(finish, SECRETS)
    assert not well
    assert done.finished
    assert "junit.xml" in done.finished.reason
    assert "a.log: secrets.key" in done.finished.reason
    assert told == ["finish 0", "finish 2"]


def test_what_comes_after_the_verdict_is_told_and_changes_nothing(
    ending: Ending, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room is made though the pages fail."""

    def fail(*_: object, **__: object) -> None:
        raise KeyError

    monkeypatch.setattr(module, "follow_with_pages", fail)
    ending.conclude(run(ended("One")))
    assert (told[0], told[-1]) == ("prune", "KeyError")


def test_every_step_is_taken() -> None:
    """What goes wrong is told in words, or by its type where it has none."""
    seen: list[int] = []
    assert troubles_of(lambda: 1 / 0, lambda: seen.append(1), lambda: next(iter(()))) == [
        "division by zero",
        "StopIteration",
    ]
    assert seen == [1]
