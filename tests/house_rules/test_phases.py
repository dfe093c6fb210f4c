"""The phases of CI: what the page tells to type exists."""

from __future__ import annotations

import configparser
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs/how-to/run-in-ci.md"


def test_every_phase_that_is_told_is_an_environment() -> None:
    """Whoever copies the workflow, or a line of it, finds an environment of that name in tox.ini."""
    settings = configparser.ConfigParser(interpolation=None)
    settings.read(ROOT / "tox.ini")
    told = set(re.findall(r"tox -e ([a-z]+)", PAGE.read_text(encoding="utf-8")))
    assert {"lint", "smoke", "journeys", "merge"} <= told
    assert {f"testenv:{name}" for name in told} <= set(settings.sections())
