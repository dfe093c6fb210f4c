"""The trace of a browser, where it cannot be had."""

from __future__ import annotations

import tempfile
from typing import Any
from unittest.mock import Mock

import pytest

from support.core import Evidence, Redactor
from support.doors._browser_trace import Trace


@pytest.mark.parametrize("where", ["folder", "file"])
def test_a_full_disk_is_told_in_place_of_the_trace(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """That the trace could not be written must not hide the failure that is looked into."""
    full = OSError(28, "No space left on device")
    context: Any = Mock()
    if where == "folder":
        monkeypatch.setattr(tempfile, "mkdtemp", Mock(side_effect=full))
    else:
        context.tracing.stop.side_effect = full
    trace, evidence = Trace(context), Evidence(Redactor(), step=lambda: 1)
    trace.end()
    trace.keep(evidence, ())
    (seen,) = evidence.all()
    assert seen.summary == "no trace: [Errno 28] No space left on device"
