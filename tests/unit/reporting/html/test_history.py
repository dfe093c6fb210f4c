from __future__ import annotations

import fcntl
import json
import os
from hashlib import md5
from typing import TYPE_CHECKING, Any

import pytest

from support.reporting.html import ReportUnavailable
from support.reporting.html import _history as histories
from support.reporting.html._history import History

if TYPE_CHECKING:
    from pathlib import Path


def line(*uuids: str, **more: Any) -> str:  # noqa: ANN401
    told = {uuid: {"id": md5(uuid.encode()).hexdigest(), "trace": "long", "message": "m" * 999} for uuid in uuids}
    return json.dumps({"uuid": "random", "name": "n", "timestamp": 9, "testResults": told, **more}) + "\n"


@pytest.fixture
def history(tmp_path: Path) -> History:
    """The history seen from the run whose results are `a` and `b`."""
    (tmp_path / "results").mkdir()
    for uuid in ("a", "b"):
        (tmp_path / "results" / f"{uuid}-result.json").touch()

    def tell(said: str) -> None:
        with (tmp_path / "said").open("a") as file:
            file.write(f"{said}\n")

    return History(tmp_path / "history.jsonl", tmp_path / "results", tell)


def test_a_run_is_compared_with_what_came_before_it(history: History, tmp_path: Path) -> None:
    """Neither its own line nor the runs after it count as before."""
    (tmp_path / "history.jsonl").write_text(line("x") + line("b") + line("y"))
    assert history.before(tmp_path / "before") == 1
    assert json.loads((tmp_path / "before").read_text())["testResults"].keys() == {"x"}


def test_a_line_takes_its_own_place_again(history: History, tmp_path: Path) -> None:
    """A report that is made again renews the line of its run where it stands."""
    (tmp_path / "history.jsonl").write_text(line("x") + line("b") + line("y"))
    (tmp_path / "made").write_text(line("x") + line("a", "b", name="anew\u2028"))
    history.keep(tmp_path / "made", 5)
    lines = [json.loads(each) for each in (tmp_path / "history.jsonl").read_text().splitlines()]
    assert [each["name"] for each in lines] == ["n", "anew\u2028", "n"]
    assert lines[1]["timestamp"] == 5
    assert [(set(told), len(told["message"])) for told in lines[1]["testResults"].values()] == [
        ({"id", "message"}, 500)
    ] * 2


def test_a_broken_line_is_left_out_and_told(history: History, tmp_path: Path) -> None:
    """A history that was cut off costs no report."""
    (tmp_path / "history.jsonl").write_text(line("x") + '{"uuid": "cut o\n' + line("y"))
    assert history.before(tmp_path / "before") == 2
    assert "line 2 is no line of a history" in (tmp_path / "said").read_text()


@pytest.mark.parametrize("before", ["", line("x")])
def test_a_run_of_which_allure_appends_nothing_keeps_the_history_as_it_is(
    history: History, tmp_path: Path, before: str
) -> None:
    """The line of the run before is not taken for this run's own."""
    (tmp_path / "history.jsonl").write_text(before)
    history.before(tmp_path / "made")
    with pytest.raises(ReportUnavailable, match=r"appended no line of this run.*history\.jsonl.*make|Make"):
        history.keep(tmp_path / "made", 5)
    assert (tmp_path / "history.jsonl").read_text() == before


def test_a_history_that_another_process_holds_is_done_without(
    history: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told who holds it and what to do, soon; the file stays as it is, and the pages are made all the same."""
    monkeypatch.setattr(histories, "_PATIENCE", 0.01)
    monkeypatch.setattr(histories, "_LIMIT", 0.03)
    (tmp_path / "made").write_text(line("a"))
    with (tmp_path / "history.jsonl.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("4711")
        lock.flush()
        history.keep(tmp_path / "made", 5)
    first, last = (tmp_path / "said").read_text().splitlines()
    held = tmp_path / "history.jsonl.lock"
    assert first == f"Process 4711 holds {held}; waiting for it, 0.02 s at most ..."
    assert last.startswith(f"Process 4711 has held {held} for 0.03 s. This run's line is not in the history")
    assert "`python -m support report`" in last
    assert not (tmp_path / "history.jsonl").exists()


def test_who_holds_the_history_says_so(history: History, tmp_path: Path) -> None:
    """The lock names its process, for whoever has to wait for it."""
    (tmp_path / "made").write_text(line("a"))
    history.keep(tmp_path / "made", 5)
    assert (tmp_path / "history.jsonl.lock").read_text() == str(os.getpid())
