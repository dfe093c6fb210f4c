"""What a making that goes wrong, or was killed, leaves behind."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.reporting.html import ReportUnavailable, make_report
from support.reporting.html import _report as report
from support.reporting.html._workplace import put_in_place, workplace

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = '<head><meta charset="utf-8"></head><body></body>'


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Make the report of a run of one result, with an Allure that makes empty pages."""
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "a-result.json").write_text("{}")

    def generate(_program: Path, _script: Path, _results: Path, work: Path, _told: object) -> None:
        for name in ("awesome", "dashboard", "single"):
            (work / "made" / name).mkdir(parents=True)
            (work / "made" / name / "index.html").write_text(PAGE)
        with (work / "history.jsonl").open("a") as history:
            history.write(json.dumps({"uuid": "u", "timestamp": 1, "testResults": {}}) + "\n")

    for name, instead in (("node", Path), ("allure", lambda *_, **__: Path()), ("_generate", generate)):
        monkeypatch.setattr(report, name, instead)
    monkeypatch.setattr(report, "lay_trace_viewer", lambda *_: None)

    def made() -> None:
        make_report(
            tmp_path / "results", tmp_path / "report", single_file=tmp_path / "report.html",
            history=tmp_path / "history.jsonl", name="Shop", fetch=False, tell=print,
        )  # fmt: skip

    return made


def files(folder: Path) -> set[str]:
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()}


def test_a_report_takes_the_place_of_the_old_one(make: Callable[[], None], tmp_path: Path) -> None:
    """Nothing of the old pages stays, nor of the making."""
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "old.txt").touch()
    make()
    assert {each.name for each in tmp_path.iterdir()} == {
        "results", "report", "report.html", "history.jsonl", "history.jsonl.lock",
    }  # fmt: skip
    assert files(tmp_path / "report") == {"index.html", "dashboard/index.html"}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device", "x.js"), KeyError("start"), RecursionError()])
def test_whatever_goes_wrong_is_told_and_costs_nothing(
    make: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """The pages of before stay, and the message says what went wrong, where, and what to do."""
    make()
    before = files(tmp_path)

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(report, "lay_trace_viewer", fail)
    told = r"No space.*x\.js|KeyError: 'start'|RecursionError"
    with pytest.raises(ReportUnavailable, match=rf"{tmp_path}/report: .*({told}).*results stay.*support report"):
        make()
    assert files(tmp_path) == before


def test_pages_that_cannot_be_put_in_place_leave_the_old_ones(tmp_path: Path) -> None:
    """The old folder is put back where the new one cannot be moved."""
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "old.txt").touch()
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "nowhere", tmp_path / "report", tmp_path / "aside")
    assert files(tmp_path) == {"report/old.txt"}


def test_what_a_killed_making_left_is_swept(tmp_path: Path) -> None:
    """Left-overs go with the next making; folders that are somebody's, or of a making that goes on, stay."""
    for name in (".report-abcd1234", ".report-12345678", ".report-assets12", ".report-mine"):
        (tmp_path / name).mkdir()
    (tmp_path / ".report-abcd1234" / "history.jsonl").touch()
    (tmp_path / ".report-assets12" / "logo.png").touch()
    with workplace(tmp_path) as first:
        (first / "history.jsonl").touch()
        with workplace(tmp_path) as second:
            left = {each.name for each in tmp_path.iterdir()}
    assert left == {".report-assets12", ".report-mine", first.name, second.name}
