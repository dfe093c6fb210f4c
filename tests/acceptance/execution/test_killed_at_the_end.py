"""A run that is killed after its last scenario, before it was searched for secrets."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from tests.acceptance.execution.ours import OurSuite

if TYPE_CHECKING:
    from pathlib import Path

KILLS_ITSELF = """
import os, signal
from support.reporting import _ending

_ending.find_leaks = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_run_that_was_not_searched_has_not_ended(tmp_path: Path) -> None:
    """Its record has no last line, so that no reader, and no merge of shards, takes it for green."""
    ours = OurSuite(tmp_path)
    (tmp_path / "steps/killing.py").write_text(KILLS_ITSELF)
    done = ours.behave("--name", "good")
    assert done.returncode == -signal.SIGKILL
    assert [each.status for each in ours.record.scenarios] == ["passed"]
    assert ours.record.finished is None
