"""Results that fit into one file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from support.reporting.html._budget import within_budget

if TYPE_CHECKING:
    from pathlib import Path

TRACE, EXCHANGE = "application/vnd.allure.playwright-trace", "application/vnd.allure.http+json"


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """The results of a run r1 with attachments of 100 bytes and more, in a step, a container and the run itself."""
    folder = tmp_path / "r1" / "results"
    folder.mkdir(parents=True)
    told = {
        "1-result.json": {"steps": [{"steps": [{"attachments": [
            put(folder, "trace", TRACE, 100), put(folder, "page", "image/png", 400),
            put(folder, "order", EXCHANGE, 300)]}]}]},
        "2-container.json": {"befores": [{"attachments": [put(folder, "log", "text/plain;charset=utf-8", 110)]}]},
        "3-globals.json": {"attachments": [put(folder, "rows", "text/csv", 120), put(folder, "sheet", "a/b", 130)]},
        "4-result.json": {"name": "without"},
    }  # fmt: skip
    for name, item in told.items():
        (folder / name).write_text(json.dumps(item))
    (folder / "5-result.json").write_text("{torn")
    return folder


def put(folder: Path, name: str, media_type: str, size: int) -> dict[str, str]:
    """Put an attachment into a folder, and say what a result says of it."""
    (folder / f"{name}-attachment.x").write_bytes(b"x" * size)
    return {"name": name, "source": f"{name}-attachment.x", "type": media_type}


@pytest.mark.parametrize(
    ("budget", "left"),
    [
        (1159, ["trace"]),
        (1059, ["log", "trace"]),
        (949, ["log", "sheet", "trace"]),
        (819, ["log", "rows", "sheet", "trace"]),
        (699, ["log", "page", "rows", "sheet", "trace"]),
    ],
)
def test_traces_go_first_then_logs_then_what_is_heavy(
    results: Path, tmp_path: Path, budget: int, left: list[str]
) -> None:
    """Pictures and exchanges stay longest, and nothing goes that has room."""
    found = within_budget(results, tmp_path / "light", budget)
    assert found is not None
    assert sorted(name.partition("-")[0] for name in found.sizes) == left


def test_in_its_place_stands_where_it_lies(results: Path, tmp_path: Path) -> None:
    """Name and order stay; the text says size, file and run; the results themselves are as they were."""
    before = {each.name: each.read_bytes() for each in results.iterdir()}
    found = within_budget(results, tmp_path / "light", 1000)
    result: Any = json.loads((tmp_path / "light" / "1-result.json").read_text())
    assert str(found) == "2 attachments (0 kB)"
    assert result["steps"][0]["steps"][0]["attachments"][0] == {
        "name": "trace", "source": "trace-attachment.x.txt", "type": "text/plain",
    }  # fmt: skip
    assert (tmp_path / "light" / "trace-attachment.x.txt").read_text() == (
        "Left out here, 0 kB: it is in results/trace-attachment.x of run r1."
    )
    assert not (tmp_path / "light" / "trace-attachment.x").exists()
    assert {each.name: each.read_bytes() for each in results.iterdir()} == before


def test_what_stays_is_not_copied(results: Path, tmp_path: Path) -> None:
    """Both names lead to one content, on a disk that may be nearly full; what cannot be read is handed on."""
    within_budget(results, tmp_path / "light", 1000)
    for name in ("page-attachment.x", "4-result.json", "5-result.json"):
        assert (tmp_path / "light" / name).samefile(results / name)


def test_within_the_budget_nothing_is_made(results: Path, tmp_path: Path) -> None:
    """A run as most are costs no copy."""
    assert within_budget(results, tmp_path / "light", 1160) is None
    assert not (tmp_path / "light").exists()
