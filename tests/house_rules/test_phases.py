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


def test_the_gate_waits_for_every_phase() -> None:
    """A phase that it does not ask could be red, or could have died, and the gate would open."""
    workflow = PAGE.read_text(encoding="utf-8").partition("\njobs:\n")[2].partition("```")[0]
    *phases, gate = re.findall(r"^  ([a-z]+):$", workflow, flags=re.MULTILINE)
    needed = re.findall(rf"^  {gate}:\n    needs: \[(.*)\]$", workflow, flags=re.MULTILINE)
    assert (gate, needed) == ("gate", [", ".join(phases)])
    assert f'= "{" ".join("success" for _ in phases)}"' in workflow
