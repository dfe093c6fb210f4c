"""Playwright's trace viewer, laid beside the pages so that a trace opens without the network."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Final

from ...doors.provisioning import ProgramUnavailable, driver_home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FOLDER: Final = "trace-viewer"

_ELSEWHERE: Final = re.compile(r'<a href="https?://[^"]*">(.*?)</a>')
_POLICY: Final = (
    '<meta http-equiv="Content-Security-Policy" content="connect-src \'self\' blob: data:; '
    "img-src 'self' blob: data:; font-src 'self' data:; form-action 'none'\">"
)


def lay_trace_viewer(into: Path, tell: Callable[[str], None]) -> None:
    """Copy the trace viewer that came with Playwright; without it the report is whole but for opening traces."""
    try:
        viewer = driver_home() / "package" / "lib" / "vite" / "traceViewer"
    except ProgramUnavailable as missing:
        tell(f"Traces cannot be opened from the report: {missing.reason}")
        return
    if not (viewer / "index.html").exists():
        tell(f"Traces cannot be opened from the report: Playwright has no viewer at {viewer}.")
        return
    shutil.copytree(viewer, into / FOLDER, dirs_exist_ok=True)
    page = into / FOLDER / "index.html"
    told = _ELSEWHERE.sub(r"\1", page.read_text(encoding="utf-8"))
    page.write_text(told.replace("<head>", f"<head>\n    {_POLICY}", 1), encoding="utf-8")
