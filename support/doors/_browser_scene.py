"""What a page shows at this moment, without what nobody else may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..core import Exhibit
from ._browser_private import PATIENCE, Private, find_private, without
from ._exhibits import bounded

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ..core import Evidence, EvidenceSink

_SEEN = """root => {
  const shown = (selector) => [...root.querySelectorAll(selector)]
    .filter(each => !each.closest('[data-private]') && each.checkVisibility())
    .map(each => each.innerText.trim().replace(/\\s+/g, ' ').slice(0, 200)).filter(Boolean).slice(0, 5);
  return {headings: shown('h1, [role=heading][aria-level="1"]'), alerts: shown('[role=alert], dialog[open]')};
}"""


def seen(page: Page) -> str:
    """One sentence: the address, the main heading and the alerts; what little is known if the page does not answer."""
    from playwright.sync_api import Error

    try:
        shown = page.locator("html").evaluate(_SEEN, timeout=PATIENCE)
    except Error:
        return f"The page is {page.url}; it does not say what it shows."
    heading = f"the heading {_quoted(shown['headings'])}" if shown["headings"] else "no heading"
    alerts = f" and the alert {_quoted(shown['alerts'])}" if shown["alerts"] else ""
    return f"The page {page.url} shows {heading}{alerts}."


def capture(page: Page, evidence: Evidence) -> Private:
    """Keep a picture and the text of the page, and say what is private on it; what cannot be had is said instead."""
    from playwright.sync_api import Error

    try:
        private = find_private(page, evidence.clean)
    except Error as error:
        for kind, what in (("browser.screenshot", "picture"), ("browser.text", "text")):
            evidence.keep(Exhibit(kind, f"no {what} of {page.url}: {first_line(error)}"))
        return Private()
    _picture(page, private, evidence)
    _text(page, private, evidence)
    return private


def first_line(error: Exception) -> str:
    """What the browser says, without its call log."""
    return str(error).strip().partition("\n")[0]


def _picture(page: Page, private: Private, evidence: EvidenceSink) -> None:
    from playwright.sync_api import Error

    try:
        picture = page.screenshot(mask=private.places, timeout=PATIENCE, animations="disabled")
    except Error as error:
        evidence.keep(Exhibit("browser.screenshot", f"no picture of {page.url}: {first_line(error)}"))
    else:
        evidence.keep(Exhibit("browser.screenshot", page.url, picture, "image/png", {"url": page.url}))


def _text(page: Page, private: Private, evidence: EvidenceSink) -> None:
    """The page as assistive technology reads it."""
    from playwright.sync_api import Error

    try:
        text = without(page.locator("body").aria_snapshot(timeout=PATIENCE), private.values)
    except Error as error:
        evidence.keep(Exhibit("browser.text", f"no text of {page.url}: {first_line(error)}"))
    else:
        evidence.keep(Exhibit("browser.text", f"what {page.url} shows", bounded(text), data={"url": page.url}))


def _quoted(texts: list[str]) -> str:
    return " and ".join(repr(text) for text in texts)
