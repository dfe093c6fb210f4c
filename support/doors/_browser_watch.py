"""What happens in a browser while nobody looks: kept as evidence as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..core import Exhibit
from ._exhibits import bounded

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Frame, Page, Request, WebError

    from ..core import EvidenceSink

MOST_EVENTS: Final = 200
"""Events of one scenario that are kept: a page may complain in a loop."""

_OUR_OWN_DOING = "net::ERR_ABORTED"  # what a page was loading when the next one was opened


class Watch:
    """Keeps console warnings and errors, uncaught errors, failed requests and the addresses that were visited."""

    def __init__(self, context: BrowserContext, evidence: EvidenceSink) -> None:
        self._evidence, self._left = evidence, MOST_EVENTS
        context.on("console", self._said)
        context.on("weberror", self._threw)
        context.on("requestfailed", self._failed)
        context.on("page", self._opened)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._keep("browser.console", f"{message.type}: {message.text}", where=message.location.get("url", ""))

    def _threw(self, error: WebError) -> None:
        self._keep("browser.console", f"uncaught: {error.error.message}", error.error.stack or "")

    def _failed(self, request: Request) -> None:
        if request.failure != _OUR_OWN_DOING:
            self._keep("browser.console", f"{request.method} {request.url} failed: {request.failure}")

    def _opened(self, page: Page) -> None:
        page.on("framenavigated", self._visited)
        page.on("crash", lambda crashed: self._keep("browser.console", f"the page crashed: {crashed.url}"))

    def _visited(self, frame: Frame) -> None:
        if frame.parent_frame is None and frame.url != "about:blank":
            self._keep("browser.page", frame.url)

    def _keep(self, kind: str, summary: str, body: str = "", where: str = "") -> None:
        self._left -= 1
        if self._left >= 0:
            line, data = " ".join(summary.split())[:500], {"where": where} if where else {}
            full = bounded(body or summary)
            self._evidence.keep(Exhibit(kind, line, "" if full == line else full, data=data))
