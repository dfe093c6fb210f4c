"""Running a command to its end within a limit, and the proof that a browser works."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING, Final

from ._browser_errors import BrowserUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

DOWNLOAD_LIMIT: Final = 300.0
"""Seconds for one download."""

STEP_LIMIT: Final = 60.0
"""Seconds for anything that needs no network."""

_PROBE = """import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"], timeout=15000)
    page = browser.new_page()
    blank = page.screenshot()
    page.set_content("It works")
    assert page.locator("body").inner_text() == "It works", "error: it reads no page"
    assert page.screenshot() != blank, "error: it paints no text; are there fonts?"
    browser.close()
"""


def prove(executable: Path, environment: Mapping[str, str]) -> None:
    """Render a page in a process of its own: Playwright leaves an event loop behind in the one that started it."""
    run([sys.executable, "-c", _PROBE, str(executable)], f"launching {executable}", STEP_LIMIT, environment=environment)


def run(
    command: Sequence[str],
    what: str,
    limit: float,
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run to a good end, or BrowserUnavailable with the last words."""
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=limit, check=False, cwd=cwd,
            stdin=subprocess.DEVNULL, env={**os.environ, **(environment or {})},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        msg = f"{what} took longer than {limit:g} s"
        raise BrowserUnavailable(msg) from None
    except OSError as error:
        msg = f"{what}: {error}"
        raise BrowserUnavailable(msg) from error
    if done.returncode:
        msg = f"{what} ended with {done.returncode}: {_last_words(done.stderr or done.stdout)}"
        raise BrowserUnavailable(msg)


def _last_words(output: str) -> str:
    """The line that says why, or the last one."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if "rror" in line or "cannot open" in line]
    return (telling or lines or ["no message"])[-1][:300]
