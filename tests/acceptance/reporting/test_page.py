"""The reference page shows the truth table as the other tests hold it."""

from __future__ import annotations

import re

import pytest

from .compare import PLACES
from .rows import ROWS, Row
from .running import ROOT

PAGE = (ROOT / "docs/reference/allure.md").read_text(encoding="utf-8")
LINES = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in PAGE.splitlines() if line.startswith("| ")]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_the_page_shows_every_row(row: Row) -> None:
    """What behave says and what ours writes stand on the page as in the table that is tested."""
    shown = [(cells[1], cells[3]) for cells in LINES if len(cells) == 4 and cells[0] == row.about]
    assert shown == [(row.behave, row.ours)]


def test_the_page_shows_every_place_where_a_suite_may_speak() -> None:
    """What is attached is found in set up, tear down or the step, wherever it was left."""
    shown = {cells[0]: cells[2] for cells in LINES if len(cells) == 3 and cells[0] in PLACES}
    assert list(shown) == list(PLACES)
    assert set(shown.values()) == {"set up", "its step", "tear down"}


def test_the_page_names_the_versions_that_were_compared() -> None:
    """A table of other versions would not be one of these."""
    assert re.search(r"behave 1\.3\.3 says \| allure-behave 2\.16\.2 writes", PAGE)
