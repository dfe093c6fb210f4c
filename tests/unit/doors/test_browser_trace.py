"""The trace of a browser, where it cannot be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

from support.core import Evidence, Redactor
from support.doors._browser_trace import Trace

if TYPE_CHECKING:
    from pathlib import Path


def test_a_full_disk_is_told_in_place_of_the_trace(tmp_path: Path) -> None:
    """That the trace could not be written must not hide the failure that is looked into."""
    context: Any = Mock()
    context.tracing.stop.side_effect = OSError(28, "No space left on device")
    trace, evidence = Trace(context, tmp_path), Evidence(Redactor(), step=lambda: 1)
    trace.end()
    trace.keep(evidence, ())
    (seen,) = evidence.all()
    assert seen.summary == "no trace: [Errno 28] No space left on device"
