"""The proof that a browser works."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from ._browser_command import STEP_LIMIT, run
from ._browser_node import driver_environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_PROBE = """import json, os, sys
from playwright.sync_api import sync_playwright
executable, engine, environment = sys.argv[1], sys.argv[2], {**os.environ, **json.loads(sys.argv[3])}
with sync_playwright() as playwright:
    browser = getattr(playwright, engine).launch(executable_path=executable, env=environment, timeout=15000)
    page = browser.new_page()
    blank = page.screenshot()
    page.set_content("It works")
    assert page.locator("body").inner_text() == "It works", "error: it reads no page"
    assert page.screenshot() != blank, "error: it paints no text; are there fonts?"
    print(browser.version)
    browser.close()
"""


def prove(executable: Path, environment: Mapping[str, str], engine: str = "chromium") -> str:
    """The version of a browser that has rendered a page, or BrowserUnavailable.

    In a process of its own: Playwright leaves an event loop behind in the one that started it.
    """
    command = [sys.executable, "-c", _PROBE, str(executable), engine, json.dumps(dict(environment))]
    return run(command, f"launching {executable}", STEP_LIMIT, environment=driver_environment()).strip()
