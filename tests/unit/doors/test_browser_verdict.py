from __future__ import annotations

import subprocess
import sys

import pytest
from playwright.sync_api import Error
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from support.core import PartUnavailable, PromiseBroken, RehearsalError
from support.doors import BrowserUnavailable, as_verdict

TIMEOUT = """Locator.click: Timeout 5000ms exceeded.
Call log:
  - waiting for get_by_role("button", name="Check out")
    - locator resolved to <button disabled>Check out</button>
  - attempting click action
    2 x waiting for element to be visible, enabled and stable
      - element is not enabled
"""
EXPECTATION = """Locator expected to have text 'Thank you'
Actual value: Basket
Call log:
  - Expect "to_have_text" with timeout 5000ms
"""


def test_a_timeout_is_red_and_says_what_was_awaited() -> None:
    """The message has the limit, the element, what hindered it and what the page shows, and no call log."""
    verdict = as_verdict(PlaywrightTimeoutError(TIMEOUT), "The page / shows the heading 'Basket'.")
    assert isinstance(verdict, PromiseBroken)
    assert str(verdict) == (
        'Not on the page within 5 s, to click: get_by_role("button", name="Check out"). '
        "It is there, but it is not enabled. The page / shows the heading 'Basket'."
    )


@pytest.mark.parametrize("how", ["Target crashed", "Target page, context or browser has been closed"])
def test_an_expectation_of_a_browser_that_dies_is_not_red(how: str) -> None:
    """The product was not asked; words of a page that look alike are another matter."""
    verdict = as_verdict(AssertionError(EXPECTATION.replace("Call log:", f"Error: {how} \nCall log:")))
    assert (type(verdict), f"{how}" in str(verdict)) == (BrowserUnavailable, True)
    assert isinstance(as_verdict(AssertionError(EXPECTATION.replace("Basket", how))), PromiseBroken)


def test_an_expectation_is_red_in_one_line() -> None:
    """Expected and actual stay, the call log goes."""
    verdict = as_verdict(AssertionError(EXPECTATION))
    assert isinstance(verdict, PromiseBroken)
    assert str(verdict) == "Locator expected to have text 'Thank you'; Actual value: Basket."


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("Page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:1/", PartUnavailable),
        ("Page.goto: net::ERR_NAME_NOT_RESOLVED at http://shop.invalid/", PartUnavailable),
        ("Page.goto: NS_ERROR_CONNECTION_REFUSED", PartUnavailable),
        ("Page.goto: net::ERR_TOO_MANY_REDIRECTS at http://127.0.0.1:1/", PromiseBroken),
        ("Page.title: Target page, context or browser has been closed", PartUnavailable),
        ("Page.goto: Page crashed", PartUnavailable),
        ("Locator.click: Error: strict mode violation: resolved to 2 elements", RehearsalError),
    ],
)
def test_every_other_error_has_its_colour(message: str, kind: type[Exception]) -> None:
    """The environment and the test are yellow, the product's endless redirect is red."""
    assert type(as_verdict(Error(message))) in (kind, *kind.__subclasses__())


def test_errors_of_others_pass_unchanged() -> None:
    """What the browser did not raise, and what is a verdict already, is the same object afterwards."""
    for error in (AssertionError("expected 2"), ValueError("x"), PromiseBroken("y"), KeyboardInterrupt()):
        assert as_verdict(error) is error


def test_the_traceback_is_kept() -> None:
    """The verdict points to the line of the page object that failed."""

    def fail() -> None:
        raise Error("Page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:1/")  # noqa: EM101, TRY003

    with pytest.raises(Error) as caught:
        fail()
    assert as_verdict(caught.value).__traceback__ is caught.value.__traceback__


def test_the_doors_import_no_library_until_they_open() -> None:
    """Importing the doors, and judging an error, loads none of the libraries behind them."""
    script = (
        "import sys; from support.doors import BrowserUnavailable, as_verdict; as_verdict(AssertionError('x'));"
        "print([name for name in ('playwright', 'requests', 'sqlalchemy', 'psycopg', 'nats', 'valkey', 'asyncio')"
        " if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
