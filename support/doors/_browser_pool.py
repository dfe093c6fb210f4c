"""One Playwright and one browser for a whole process; one context, like a browser fresh from the shop, a scenario."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..core import RehearsalError
from ._browser_errors import WAYS_OUT, BrowserUnavailable
from ._browser_find import BrowserFound, find_browser
from ._browser_node import driver_environment
from ._browser_trace import Trace, TraceFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from playwright.sync_api import Browser, BrowserContext, Playwright, Route

    from ._browser_identity import RequestHeaders

_OFFLINE = (
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--no-first-run",
)  # fmt: skip
_OPEN_TO_US = ("--remote-debugging-port=0", "--enable-automation")  # a second DevTools connection, for the identity


class Browsers:
    """The browser of one process: launched at the first use, launched again if it has crashed, closed with the run.

    `found` is the browser to launch (by default the first that `find_browser` finds), or why there is none: then it is
    raised at the first use. `limit` is how long, in seconds, an action or expectation may take. It belongs to the
    process and thread that used it first. What browser and driver write meanwhile is in `temporary`, if that is set:
    those that are killed do not remove it.
    """

    def __init__(
        self, found: BrowserFound | BrowserUnavailable | None = None, *, headed: bool = False, limit: float = 5.0
    ) -> None:
        self._found, self._headed, self._limit = found, headed, limit
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._identity: RequestHeaders | None = None
        self._traces: TraceFolder | None = None
        self._owner: tuple[int, int] | None = None
        self.temporary: Path | None = None

    def open_context(self, origins: Sequence[str], headers: Callable[[], Mapping[str, str]]) -> BrowserContext:
        """A context without history; its requests to these origins, and no others, carry `headers`, asked anew each."""
        self._be_ours()
        browser = self._launched()
        context = browser.new_context(accept_downloads=True)
        context.set_default_timeout(self._limit * 1000)
        try:
            self._carry(context, origins, headers)
        except BaseException:
            context.close()
            raise
        return context

    def record(self, context: BrowserContext, title: str) -> Trace | None:
        """The recording of a context that was just opened; None if its browser has gone since."""
        return None if self._traces is None else Trace(context, self._traces.path, title)

    def close_context(self, context: BrowserContext) -> None:
        """Close a context; that of a crashed browser is closed already."""
        browser = self._browser
        if browser is None or not browser.is_connected():
            return
        try:
            context.close()
        finally:
            if self._identity is not None:
                self._identity.stop()
            if self._traces is not None and not browser.contexts:
                self._traces.clear()

    def close(self) -> None:
        """Close browser and Playwright, each whatever became of the other; a forked child leaves them to its parent."""
        if self._owner is not None and self._owner[0] != os.getpid():
            return
        playwright, self._playwright = self._playwright, None
        try:
            self._drop_browser()
        finally:
            self._owner = None
            if playwright is not None:
                playwright.stop()

    def _be_ours(self) -> None:
        here = (os.getpid(), threading.get_ident())
        if self._owner is None:
            self._owner = here
        if self._owner != here:
            msg = "This browser was opened in another process or thread. Let every worker have Browsers of its own."
            raise RehearsalError(msg)

    def _launched(self) -> Browser:
        if self._browser is not None and self._browser.is_connected():
            return self._browser
        self._drop_browser()
        found = self._found = self._found or find_browser(headed=self._headed)
        if isinstance(found, BrowserUnavailable):
            raise found.with_traceback(None)
        if self._playwright is None:
            self._playwright = _start(self._limit, self._variables())
        self._browser = self._launch(self._playwright, found)
        return self._browser

    def _launch(self, playwright: Playwright, found: BrowserFound) -> Browser:
        from playwright.sync_api import Error

        self._traces = TraceFolder(self.temporary)
        options: dict[str, Any] = {
            "executable_path": found.executable, "headless": not self._headed, "traces_dir": self._traces.path,
            "env": {**os.environ, **found.environment, **self._variables()},
            "handle_sigint": False, "handle_sigterm": False, "handle_sighup": False,
        }  # fmt: skip
        if found.engine == "chromium":
            options["args"] = [*_OFFLINE, *_OPEN_TO_US, *(["--no-sandbox"] if _is_root() else [])]
        try:
            browser: Browser = getattr(playwright, found.engine).launch(**options)
        except Error as error:
            self._traces.remove()
            reason = " ".join(str(error).split("Call log:")[0].split())[:600]
            msg = f"{found.executable} ({found.source}) does not start: {reason} {WAYS_OUT}"
            raise BrowserUnavailable(msg) from error
        if found.engine == "chromium":
            self._identity = self._connect_identity(browser)
        return browser

    def _variables(self) -> Mapping[str, str]:
        return {} if self.temporary is None else {"TMPDIR": str(self.temporary)}

    def _connect_identity(self, browser: Browser) -> RequestHeaders:
        from ._browser_identity import RequestHeaders

        session = browser.new_browser_cdp_session()
        arguments = session.send("Browser.getBrowserCommandLine")["arguments"]
        session.detach()
        profile = next(word.partition("=")[2] for word in arguments if word.startswith("--user-data-dir="))
        return RequestHeaders(Path(profile))

    def _carry(self, context: BrowserContext, origins: Sequence[str], headers: Callable[[], Mapping[str, str]]) -> None:
        if self._identity is not None:
            self._identity.add(origins, headers)
            return

        def let_go(route: Route) -> None:
            route.continue_(headers={**route.request.headers, **headers()})

        for origin in origins:  # Firefox and WebKit have no DevTools protocol of that kind
            context.route(f"{origin}/**", let_go)

    def _drop_browser(self) -> None:
        browser, identity, self._browser, self._identity = self._browser, self._identity, None, None
        try:
            if identity is not None:
                identity.close()
        finally:
            if browser is not None and browser.is_connected():
                browser.close()
            if self._traces is not None:
                self._traces.remove()


def _start(limit: float, variables: Mapping[str, str]) -> Playwright:
    from playwright.sync_api import Error, expect, sync_playwright

    expect.set_options(timeout=limit * 1000)
    os.environ.update(driver_environment())
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)  # the driver takes them from there
    try:
        return sync_playwright().start()
    except Error as error:
        msg = f"Playwright cannot start here: {error} One process has one Browsers, in a thread without an event loop."
        raise RehearsalError(msg) from error
    finally:
        for name, value in before.items():
            os.environ.update({name: value}) if value is not None else os.environ.pop(name)


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
