"""What a page shows at this moment, without what nobody else may read.

Private is the content of password fields and of whatever the page marks with `data-private`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ..core import Exhibit
from ._exhibits import bounded

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from ..core import EvidenceSink

_PATIENCE = 2_000  # milliseconds; a page that is stuck must not hold up the end of the scenario
_PRIVATE = "input[type=password], [data-private]"
_SHORTEST = 4  # private values shorter than this are replaced only where they are the whole value of a field
_SEEN = """root => {
  const shown = (selector) => [...root.querySelectorAll(selector)]
    .filter(each => !each.closest('[data-private]') && each.checkVisibility())
    .map(each => each.innerText.trim().replace(/\\s+/g, ' ').slice(0, 200)).filter(Boolean).slice(0, 5);
  return {headings: shown('h1, [role=heading][aria-level="1"]'), alerts: shown('[role=alert], dialog[open]')};
}"""
_PRIVATE_VALUES = """root => [...root.querySelectorAll('input[type=password], [data-private]')].flatMap(
  each => [each, ...each.querySelectorAll('input, textarea')].flatMap(
    one => [one.value, one.innerText].filter(text => typeof text === 'string' && text.trim())))"""


def seen(page: Page) -> str:
    """One sentence: the address, the main heading and the alerts; what little is known if the page does not answer."""
    from playwright.sync_api import Error

    try:
        shown = page.locator("html").evaluate(_SEEN, timeout=_PATIENCE)
    except Error:
        return f"The page is {page.url}; it does not say what it shows."
    heading = f"the heading {_quoted(shown['headings'])}" if shown["headings"] else "no heading"
    alerts = f" and the alert {_quoted(shown['alerts'])}" if shown["alerts"] else ""
    return f"The page {page.url} shows {heading}{alerts}."


def capture(page: Page, evidence: EvidenceSink) -> None:
    """Keep a picture, the text and the address of the page; what cannot be had is said instead."""
    from playwright.sync_api import Error

    try:
        mask: list[Any] = [page.locator(_PRIVATE)]
        picture = page.screenshot(mask=mask, timeout=_PATIENCE, animations="disabled")
        evidence.keep(Exhibit("browser.screenshot", page.url, picture, "image/png", {"url": page.url}))
    except Error as error:
        evidence.keep(Exhibit("browser.screenshot", f"no picture of {page.url}: {_first_line(error)}"))
    try:
        text = _text(page)
        evidence.keep(Exhibit("browser.text", f"what {page.url} shows", bounded(text), data={"url": page.url}))
    except Error as error:
        evidence.keep(Exhibit("browser.text", f"no text of {page.url}: {_first_line(error)}"))


def _text(page: Page) -> str:
    """The page as assistive technology reads it, private values left out."""
    return without(page.locator("body").aria_snapshot(timeout=_PATIENCE), private_values(page))


def private_values(page: Page) -> list[str]:
    """What stands at this moment in fields and texts that nobody else may read."""
    found: list[str] = page.locator("html").evaluate(_PRIVATE_VALUES, timeout=_PATIENCE)
    return found


def without(text: str, private: list[str]) -> str:
    """The text without the private values, as they are and as they are escaped in an aria snapshot."""
    forms = {form for value in private for form in (value.strip(), json.dumps(value.strip(), ensure_ascii=False)[1:-1])}
    forms |= {" ".join(form.split()) for form in forms}
    for form in sorted(filter(None, forms), key=len, reverse=True):
        whole = re.compile(rf'(?<=: )"?{re.escape(form)}"?$', re.MULTILINE)
        text = whole.sub("[private]", text)
        if len(form) >= _SHORTEST:
            text = text.replace(form, "[private]")
    return text


def _quoted(texts: list[str]) -> str:
    return " and ".join(repr(text) for text in texts)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
