"""A report that was made once, served on the loopback, and a browser that tells whom a page has called."""

from __future__ import annotations

import functools
import os
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from support.doors import NoBrowser, find_browser
from support.reporting.html import ReportUnavailable, make_report
from tests.acceptance.report.hostile import hostile_run
from tests.acceptance.report.results import shop_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog, Page


@dataclass(frozen=True)
class Made:
    """The folder of a run, and where it is served."""

    folder: Path
    history: Path
    url: str


class Quiet(SimpleHTTPRequestHandler):
    """A handler that says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Elsewhere(Quiet):
    """A proxy for whatever is not on the loopback: it writes down who was called, and nobody answers."""

    called: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        """Write it down."""
        self.called.append(self.path)
        self.send_error(HTTPStatus.BAD_GATEWAY)

    do_CONNECT = do_POST = do_GET  # noqa: N815 - the names of the base class


@dataclass
class Visit:
    """A page, whom outside the machine it has called, and what went wrong in it: a foreign script, an error."""

    page: Page
    called: list[str]
    errors: list[str] = field(default_factory=list)


@contextmanager
def served(handler: Callable[..., SimpleHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server on the loopback that answers so."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The reports of an ordinary run (`shop`) and of a hostile one (`hostile`)."""
    home = tmp_path_factory.mktemp("reports")
    history = home / "history.jsonl"
    for name, write in (("shop", shop_run), ("hostile", hostile_run)):
        write(home / name / "results", name)
        try:
            make_report(
                home / name / "results", home / name / "report", single_file=home / name / "report.html",
                history=history, name=f"The {name}", fetch=True, tell=print,
            )  # fmt: skip
        except ReportUnavailable as lacking:
            pytest.skip(str(lacking))
    with served(functools.partial(Quiet, directory=str(home))) as url:
        yield Made(home, history, url)


@pytest.fixture(scope="module")  # not longer: as long as Playwright runs, nothing else can run an event loop here
def browser() -> Iterator[Browser]:
    """A headless browser."""
    from playwright.sync_api import sync_playwright

    try:
        found = find_browser()
    except NoBrowser as lacking:
        pytest.skip(str(lacking))
    environment: dict[str, Any] = {**os.environ, **found.environment}
    with sync_playwright() as playwright, served(Elsewhere) as proxy:
        running = playwright.chromium.launch(
            executable_path=str(found.executable), env=environment, proxy={"server": proxy, "bypass": "127.0.0.1"}
        )
        yield running
        running.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """A fresh page; `window.harm()` is what foreign scripts would call."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    Elsewhere.called.clear()
    seen = Visit(context.new_page(), Elsewhere.called)
    context.on("weberror", lambda error: seen.errors.append(str(error.error)))
    context.expose_function("harm", lambda: seen.errors.append("a foreign script has executed"))

    def dismiss(dialog: Dialog) -> None:
        seen.errors.append("a dialog")
        dialog.dismiss()

    seen.page.on("dialog", dismiss)
    yield seen
    context.close()
