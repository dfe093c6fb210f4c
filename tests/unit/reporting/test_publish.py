"""Making the pages of a run that is recorded."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from support.record import ScenarioStarted
from support.reporting import html, make_pages
from tests.unit.reporting.records import ended, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("killed", [True, False])
def test_pages_of_a_run_that_was_killed_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, killed: bool
) -> None:
    """Whoever asks for them learns that the run did not come to its end, and where it died."""
    monkeypatch.setattr(html, "make_report", lambda *_, **__: None)
    told: list[str] = []
    inside = [ScenarioStarted("a", "One", 1.0, feature_file="features/a.feature", line=3)]
    recorded = replace(run(ended("a")), finished=None, interrupted_in=inside) if killed else run(ended("a"))
    assert make_pages(recorded, tmp_path, fetch=True, tell=told.append)
    words = "The run did not come to its end: it died inside 'One' (features/a.feature:3)."
    assert told == ([words] if killed else [])
