"""How much of one scenario's evidence is kept in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from support.core import Exhibit
from support.record import keep_evidence
from support.record._budget import MOST_OF_A_SCENARIO, within_budget

if TYPE_CHECKING:
    from pathlib import Path


def test_what_came_first_makes_room_for_what_came_last() -> None:
    """The last exhibits, which are nearest to the failure, stay; earlier ones are told by type and size."""
    half = MOST_OF_A_SCENARIO // 2
    sizes = {"first": half, "second": half, "third": half - 10, "last": 10}
    kept = within_budget(Exhibit("attachment", name, b"x" * size, "image/png") for name, size in sizes.items())
    assert [(each.summary, len(each.body)) for each in kept[1:]] == [
        ("second", half), ("third", half - 10), ("last", 10),
    ]  # fmt: skip
    assert kept[0].body == (
        f"[left out: image/png, {half:,} bytes; the files of one scenario may have {MOST_OF_A_SCENARIO:,} bytes, "
        "and what came after left 0 of them]"
    )
    assert (kept[0].summary, kept[0].media_type) == ("first", "text/plain")


def test_one_that_is_too_large_takes_no_room() -> None:
    """What came before a single huge exhibit is kept, for nothing of the huge one is."""
    exhibits = [Exhibit("log", "first", "a" * 10), Exhibit("log", "huge", "b" * (MOST_OF_A_SCENARIO + 1))]
    kept = within_budget([*exhibits, Exhibit("log", "last", "c" * 10)])
    assert kept[0] == exhibits[0]
    assert str(kept[1].body).endswith(f"and what came after left {MOST_OF_A_SCENARIO - 10:,} of them]")


def test_files_keep_to_the_budget(tmp_path: Path) -> None:
    """On disk, too, there is no more than that of one scenario, and every exhibit has its line."""
    exhibits = [Exhibit("attachment", f"number {number}", b"x" * 3_000_000, "image/png") for number in range(10)]
    records = keep_evidence(exhibits, tmp_path, "evidence/a-1")
    assert len(records) == 10
    assert sum(path.stat().st_size for path in tmp_path.rglob("*") if path.is_file()) <= MOST_OF_A_SCENARIO + 10 * 300
