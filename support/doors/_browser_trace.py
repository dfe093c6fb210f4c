"""What a browser window did, as Playwright's trace viewer shows it: a group for each step, and no pixels.

The pictures of a screencast cannot be cleaned of secrets, so only the document is recorded. Until it is cleaned, a
trace lies in a folder of its browser, and is removed with its window.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..core import ArchiveUnreadable, Exhibit, clean_archive
from ._browser_private import without
from ._browser_scene import first_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from playwright.sync_api import BrowserContext

    from ..core import Evidence

TRACE: Final = "application/vnd.allure.playwright-trace"
"""The media type by which Allure knows a trace."""


class Trace:
    """The recording of one window, from its opening on, in a folder; `title` is of the step that opens it."""

    def __init__(self, context: BrowserContext, folder: Path, title: str = "") -> None:
        self._tracing, self._path, self._grouped = context.tracing, folder / "trace.zip", False
        self._recorded, self._trouble = b"", ""
        self._tracing.start(snapshots=True, screenshots=False, sources=False)
        if title:
            self.step_began(title)

    def step_began(self, title: str) -> None:
        """Put what happens from now on under that title."""
        from playwright.sync_api import Error

        with suppress(Error):  # of a browser that has crashed: whoever uses it next is told so
            if self._grouped:
                self._tracing.group_end()
            self._tracing.group(title)
            self._grouped = True

    def end(self) -> None:
        """End the recording; it is not begun again: with a page whose script never ends, that would wait for ever."""
        from playwright.sync_api import Error

        try:
            self._tracing.stop(path=self._path)
            self._recorded = self._path.read_bytes()
        except (Error, OSError) as error:  # OSError: of a disk that is full
            self._trouble = first_line(error)

    def keep(self, evidence: Evidence, private: Sequence[str]) -> None:
        """Keep what was recorded, clean of secrets and of `private` values; what cannot be had is said instead."""
        try:
            archive = clean_archive(self._recorded, lambda text: without(evidence.clean(text), private))
        except ArchiveUnreadable as error:
            evidence.keep(Exhibit("browser.trace", f"no trace: {self._trouble or error}"))
        else:
            size = f"{len(archive) / 1024:.0f} KB"
            evidence.keep(Exhibit("browser.trace", f"what the browser did ({size})", archive, TRACE))

    def close(self) -> None:
        """Let go of the recording."""
        from playwright.sync_api import Error

        with suppress(Error):  # of a browser that has gone, and the recording with it
            self._tracing.stop()


class TraceFolder:
    """Where a browser writes its traces while it records: nobody else may read it, and it ends with the browser."""

    def __init__(self, within: Path | None = None) -> None:
        self.path = Path(tempfile.mkdtemp(prefix="rehearsal-traces-", dir=within))

    def clear(self) -> None:
        """Remove what closed windows have left."""
        for each in self.path.iterdir():
            shutil.rmtree(each, ignore_errors=True) if each.is_dir() else each.unlink(missing_ok=True)

    def remove(self) -> None:
        """Remove it with everything in it."""
        shutil.rmtree(self.path, ignore_errors=True)
