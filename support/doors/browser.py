"""The browser: a window of the scenario's own, in which page objects do what a customer would."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..core import EVERYTHING, SAFE_METHODS, ConfigurationError, Exhibit, NotPermitted
from ._browser_accessibility import Finding, Impact, examine
from ._browser_errors import BrowserUnavailable, NoBrowser
from ._browser_find import ENGINES, BrowserFound, find_browser
from ._browser_install import ensure_browser, install_browser
from ._browser_pool import Browsers
from ._browser_probe import prove
from ._browser_scene import capture, first_line, seen
from ._browser_system import install_system_browser
from ._browser_verdict import as_verdict, raised_by_playwright
from ._browser_watch import Watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import APIResponse, BrowserContext, Page, Route

    from ..core import Evidence, Permit, ScenarioIdentity
    from ._browser_trace import Trace

__all__ = [
    "ENGINES",
    "BrowserDoor",
    "BrowserFound",
    "BrowserUnavailable",
    "Browsers",
    "Finding",
    "Impact",
    "NoBrowser",
    "as_verdict",
    "ensure_browser",
    "find_browser",
    "install_browser",
    "install_system_browser",
    "prove",
]

_DEFAULT_PORTS = {"http": 80, "https": 443}


class BrowserDoor:
    """One scenario's browser window, without cookies or history at first.

    The identity goes to the `origins` ("https://shop.example:8443") and nowhere else. Where nothing may be written,
    requests other than GET, HEAD and OPTIONS are not sent; `refused` tells which. With `trace`, what the window does is
    recorded under the words of each step (`step` is the one that runs); only a failure keeps the recording.
    """

    def __init__(
        self,
        browsers: Browsers,
        identity: ScenarioIdentity,
        evidence: Evidence,
        *,
        origins: Sequence[str] = (),
        permit: Permit = EVERYTHING,
        trace: bool = False,
        step: str = "",
    ) -> None:
        self._permit, self.refused = permit, list[NotPermitted]()
        self._browsers, self._identity, self._evidence = browsers, identity, evidence
        self._origins = tuple(_origin(each) for each in origins)
        self._context: BrowserContext | None = None
        self._page: Page | None = None
        self._traced, self._step = trace, step
        self._trace: Trace | None = None

    @property
    def page(self) -> Page:
        """The scenario's page; opened at the first use."""
        if self._page is None:
            self._page = self._opened().new_page()
        return self._page

    @property
    def context(self) -> BrowserContext:
        """What all pages of the scenario share: cookies, storage, permissions."""
        return self._opened()

    def request(self, method: str, url: str, *, body: str | bytes | None = None) -> APIResponse:
        """The answer to a request with the cookies of the page but without it; the identity goes to origins only."""
        if method.upper() not in SAFE_METHODS:
            self._permit.demand("write", f"{method.upper()} {url}")
        headers = self._identity.headers() if _origin(url) in self._origins else {}
        answer = self._opened().request.fetch(url, method=method, data=body, headers=headers, max_redirects=0)
        self._evidence.keep(Exhibit("browser.request", f"{method} {url} -> {answer.status}"))
        return answer

    def accessibility(self, at_least: Impact = "serious") -> list[Finding]:
        """What axe finds that keeps people with a disability from using the page, the worst first.

        `at_least` leaves out what weighs less; the evidence holds everything that was found.
        """
        with self.promised():
            return examine(self.page, self._evidence, at_least)

    def seen(self) -> str:
        """One sentence on what the page shows, for an error message; empty if no page is open."""
        return seen(self._page) if self._page is not None and not self._page.is_closed() else ""

    def step_began(self, title: str) -> None:
        """Let the recording tell what happens from now on under that title."""
        self._step = title
        if self._trace is not None:
            self._trace.step_began(title)

    def capture_failure(self) -> None:
        """Keep what the page shows, as picture and text, and how it came to that; private fields are masked."""
        trace, self._trace = self._trace, None
        if trace is not None:
            trace.end()  # first: our own looks at the page are no part of it
        private: Sequence[str] = ()
        if self._page is not None and not self._page.is_closed():
            private = capture(self._page, self._evidence).values
        if trace is not None:
            trace.keep(self._evidence, private)

    @contextmanager
    def promised(self) -> Iterator[None]:
        """Errors of the browser inside are raised as red or yellow, with what the page shows."""
        try:
            yield
        except Exception as error:
            verdict = as_verdict(self.cause_of(error), self.seen())
            if verdict is error:
                raise
            raise verdict from None

    def cause_of(self, found: Exception) -> Exception:
        """The browser's death, if an error of Playwright comes of that: an expectation does not always say so."""
        browser = None if self._context is None else self._context.browser
        if browser is None or browser.is_connected() or not raised_by_playwright(found):
            return found
        return BrowserUnavailable(f"it was closed or has crashed: {first_line(found)}.")

    def close(self) -> None:
        """Close the window and forget its cookies."""
        context, trace, self._context, self._trace, self._page = self._context, self._trace, None, None, None
        try:
            if trace is not None:
                trace.close()
        finally:
            if context is not None:
                self._browsers.close_context(context)

    def _opened(self) -> BrowserContext:
        if self._context is None:
            self._context = self._browsers.open_context(self._origins, self._identity.headers)
            Watch(self._context, self._evidence)
            if self._traced:
                self._trace = self._browsers.record(self._context, self._step)
            if "write" not in self._permit.granted:
                self._context.route("**/*", self._if_permitted)
        return self._context

    def _if_permitted(self, route: Route) -> None:
        method, url = route.request.method, route.request.url
        try:
            if method not in SAFE_METHODS:
                self._permit.demand("write", f"{method} {url}")
        except NotPermitted as refusal:
            self.refused.append(refusal)
            route.abort("blockedbyclient")
        else:
            route.continue_()


def _origin(url: str) -> str:
    """Scheme, host and, if it is not the default, port: as a browser writes them."""
    parts = urlsplit(url)
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        msg = f"{url!r} is no origin; expected one such as 'http://127.0.0.1:8080'."
        raise ConfigurationError(msg)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in {None, _DEFAULT_PORTS[parts.scheme]} else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
