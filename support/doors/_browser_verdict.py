"""Red or yellow: what an error of the browser means.

Playwright raises TimeoutError for a promised button that never appears and Error for nearly everything else; its
messages end in pages of call log. Here they become the errors of the house, one short message each.
"""

from __future__ import annotations

import re
import sys
import traceback
from typing import TYPE_CHECKING, Final, TypeVar

from ..core import PartUnavailable, PromiseBroken, RehearsalError, sentence
from ._browser_errors import BrowserUnavailable

if TYPE_CHECKING:
    from types import ModuleType

E = TypeVar("E", bound=BaseException)

_GONE = re.compile(r"has been closed|Target closed|crashed|Connection closed|browser has disconnected", re.IGNORECASE)
_GONE_MEANWHILE = re.compile(rf"^Error: .*(?:{_GONE.pattern}).*", re.IGNORECASE | re.MULTILINE)
_NET_ERROR = re.compile(r"(?:net::|NS_ERROR_)(?P<code>[A-Z_]+)(?: at (?P<url>\S+))?")
_PRODUCTS_FAULTS: Final = frozenset({"ERR_TOO_MANY_REDIRECTS", "ERR_INVALID_RESPONSE", "ERR_INVALID_REDIRECT"})
_AWAITED = re.compile(r"waiting for (?P<what>.+)")


def as_verdict(error: E, seen: str = "") -> E | Exception:
    """The error as the house tells it: red what the product did not do, yellow what is ours or the environment's.

    `seen` is a sentence on what the page shows. An error that is not the browser's is returned as it is; so is every
    error of a process that never loaded Playwright.
    """
    playwright = sys.modules.get("playwright.sync_api")
    verdict = None
    if playwright is not None and not isinstance(error, PromiseBroken | RehearsalError):
        verdict = _verdict(error, seen, playwright)
    return error if verdict is None else verdict.with_traceback(error.__traceback__)


def raised_by_playwright(error: BaseException) -> bool:
    """Whether an error was raised there, whatever it says."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return bool(frames) and str(frames[-1].f_globals.get("__name__")).startswith("playwright.")


def _verdict(error: BaseException, seen: str, playwright: ModuleType) -> Exception | None:
    text = str(error)
    if isinstance(error, AssertionError):
        return _unkept(text, seen) if "Call log:" in text else None
    if not isinstance(error, playwright.Error):
        return None
    if _GONE.search(text):
        return BrowserUnavailable(f"it was closed or has crashed: {_first_line(text)}.")
    if isinstance(error, playwright.TimeoutError):
        return PromiseBroken(sentence(_timeout(text), seen))
    if found := _NET_ERROR.search(text):
        return _unreachable(found["code"], found["url"] or "the page", seen)
    return RehearsalError(sentence(f"The browser says: {_first_line(text)}.", seen))


def _unkept(text: str, seen: str) -> Exception:
    """An expectation that came to nothing: the product's fault, but for a browser that died while it was awaited."""
    if gone := _GONE_MEANWHILE.search(text.partition("Call log:")[0]):
        return BrowserUnavailable(f"it was closed or has crashed: {gone[0].removeprefix('Error: ')}.")
    return PromiseBroken(sentence(_expectation(text), seen))


def _unreachable(code: str, url: str, seen: str) -> Exception:
    if code in _PRODUCTS_FAULTS:
        return PromiseBroken(sentence(f"{url} did not load: {code}.", seen))
    return PartUnavailable(url, f"the browser cannot reach it: {code}. Does the system run, and is this its address?")


def _timeout(text: str) -> str:
    """A sentence made from `Locator.click: Timeout 5000ms exceeded.` and the call log's `waiting for ...`."""
    found = re.search(r"(?:[\w.]+?\.)?(?P<action>\w+): Timeout (?P<limit>[\d.]+)ms", text)
    action, limit = (found["action"], float(found["limit"]) / 1000) if found else ("action", 0.0)
    awaited = _AWAITED.search(text.partition("Call log:")[2])
    what = awaited["what"].strip() if awaited else "what was promised"
    hindrance = _hindrance(text)
    return sentence(f"Not on the page within {limit:g} s, to {action.replace('_', ' ')}: {what}.", hindrance)


def _hindrance(text: str) -> str:
    """Why an element that is there could not be used, in Playwright's words."""
    for words in (
        "element is not visible",
        "element is not enabled",
        "element is not editable",
        "intercepts pointer events",
    ):
        if words in text:
            return f"It is there, but {words.replace('element ', 'it ')}."
    return ""


def _expectation(text: str) -> str:
    """The expectation without its call log, on one line."""
    lines = [line.strip() for line in text.partition("Call log:")[0].splitlines()]
    return "; ".join(line.rstrip(".:") if line.endswith(".") else line for line in lines if line) + "."


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].rstrip(".")
