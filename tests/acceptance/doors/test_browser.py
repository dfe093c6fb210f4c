"""The browser door: red and yellow, evidence, and its life."""

from __future__ import annotations

import json
import os
import signal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from support.core import PartUnavailable, PromiseBroken, RehearsalError, eventually
from support.doors import BrowserDoor, BrowserFound, Browsers, as_verdict

from .conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.core import Evidence, ScenarioIdentity

    from .conftest import Site

    Open = Callable[..., BrowserDoor]

SHOP = """<h1>Basket</h1><p role=alert>Out of stock</p>
<form><label>Password <input type=password></label><label>PIN <input type=password></label>
<label>Card <span><input data-private></span></label><p data-private>4111 1111 1111 1111</p></form>"""


def test_a_missing_button_is_red_and_says_what_is_there(open_browser: Open, site: Site) -> None:
    """A promised button that never appears is PromiseBroken, in one short message with heading, alert and address."""
    site.page("/", SHOP)
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    with pytest.raises(PromiseBroken) as caught, door.promised():
        door.page.get_by_role("button", name="Check out").click()
    told = str(caught.value)
    assert "Not on the page within 1 s" in told
    assert 'get_by_role("button", name="Check out")' in told
    assert f"{site.origin}/ shows the heading 'Basket' and the alert 'Out of stock'" in told
    assert "Call log" not in told
    assert "\n" not in told


def test_an_expectation_is_red_without_its_call_log(open_browser: Open, site: Site) -> None:
    """What `expect` found and expected stays, the call log goes."""
    site.page("/", SHOP)
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    with pytest.raises(PromiseBroken) as caught, door.promised():
        expect(door.page.get_by_role("heading")).to_have_text("Thank you")
    told = str(caught.value)
    assert "Thank you" in told
    assert "Basket" in told
    assert "Call log" not in told
    assert len(told) < 400


def test_nobody_at_the_address_is_yellow(open_browser: Open) -> None:
    """An address where nothing listens is PartUnavailable and names the address."""
    door, address = open_browser(), f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(PartUnavailable, match="CONNECTION_REFUSED") as caught, door.promised():
        door.page.goto(address)
    assert address in str(caught.value)


def test_a_killed_browser_is_yellow_and_the_next_scenario_has_a_new_one(
    identity: ScenarioIdentity, evidence: Evidence, site: Site, browsers: Browsers
) -> None:
    """A browser that dies is PartUnavailable for its scenario; the next window is in a fresh one."""
    site.page("/", "<h1>Tea</h1>")
    first = BrowserDoor(browsers, identity, evidence, origins=[site.origin])
    first.page.goto(f"{site.origin}/")
    session = browsers._browser.new_browser_cdp_session()  # type: ignore[union-attr]
    process = next(
        each for each in session.send("SystemInfo.getProcessInfo")["processInfo"] if each["type"] == "browser"
    )
    os.kill(process["id"], signal.SIGKILL)
    with pytest.raises(PartUnavailable, match="closed or has crashed"), first.promised():
        first.page.goto(f"{site.origin}/")
    first.capture_failure()
    first.close()
    second = BrowserDoor(browsers, identity, evidence, origins=[site.origin])
    second.page.goto(f"{site.origin}/")
    assert second.page.get_by_role("heading").inner_text() == "Tea"
    second.close()


def test_an_ambiguous_locator_is_ours(open_browser: Open, site: Site) -> None:
    """A locator that means two things is a fault of the test: yellow."""
    site.page("/", "<h1>A</h1><h1>B</h1>")
    door = open_browser()
    door.page.goto(f"{site.origin}/")
    with pytest.raises(RehearsalError, match="strict mode violation"), door.promised():
        door.page.get_by_role("heading").inner_text()


def test_a_plain_assertion_in_a_page_object_passes_unchanged() -> None:
    """An error that is not the browser's is returned as it is."""
    error = AssertionError("expected 2, found 3")
    assert as_verdict(error) is error


def test_what_happens_in_the_page_is_kept(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """Console errors, uncaught errors, failed requests and visited addresses are evidence as they come."""
    dead = f"http://127.0.0.1:{free_port()}/x"
    site.page(
        "/",
        f"<h1>Tea</h1><script>console.error('oh dear'); console.log('chatter'); fetch('{dead}').catch(() => 1);"
        "setTimeout(() => {throw new Error('uncaught one')})</script>",
    )
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")

    def all_is_said() -> str:
        door.page.evaluate("1")  # lets Playwright hand over what has happened
        said = " ".join(exhibit.summary for exhibit in evidence.of("browser.console"))
        assert all(words in said for words in ("error: oh dear", "uncaught one", f"{dead} failed")), said
        return said

    assert "chatter" not in eventually(all_is_said)
    assert [exhibit.summary for exhibit in evidence.of("browser.page")] == [f"{site.origin}/"]


def test_a_captured_failure_shows_the_page_but_nothing_private(
    open_browser: Open, site: Site, evidence: Evidence
) -> None:
    """The picture exists, the text names headings and fields, and no password or private text stands in it."""
    site.page("/", SHOP)
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    door.page.get_by_label("Password").fill('hunter2 "quoted"')
    door.page.get_by_label("PIN").fill("42")
    door.page.get_by_label("Card").fill("5500 0000")
    door.capture_failure()
    picture, text = evidence.of("browser.screenshot")[0], evidence.of("browser.text")[0]
    assert isinstance(picture.body, bytes)
    assert picture.body.startswith(b"\x89PNG")
    assert isinstance(text.body, str)
    assert "Out of stock" in text.body
    assert "Password" in text.body
    assert not [secret for secret in ("hunter2", ": 42", '"42"', "5500", "4111") if secret in text.body]


def test_the_picture_does_not_show_what_is_private(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """Two pictures of a page that differs only in private fields are the same, byte for byte."""
    site.page("/", SHOP)
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    for words in ("first", "other words"):
        door.page.get_by_label("Password").fill(words)
        door.page.get_by_label("Card").fill(words)
        door.capture_failure()
    first, second = (exhibit.body for exhibit in evidence.of("browser.screenshot"))
    assert first == second


CARD = """<label>Number <input autocomplete='billing cc-number'></label><input name=api_key>
<label>Card number <input></label><input placeholder=Passphrase><p>Order <input name=amount></p>"""


@pytest.mark.parametrize("where", ["page", "frame", "shadow tree"])
def test_fields_are_private_by_what_they_are_for(
    open_browser: Open, site: Site, evidence: Evidence, where: str
) -> None:
    """A card's, and whatever is named, labelled or described as a secret, is masked and left out of the text."""
    script = f"document.body.attachShadow({{mode: 'open'}}).innerHTML = {json.dumps(CARD)}"
    inside = {"page": CARD, "frame": "<iframe src=/card></iframe>", "shadow tree": f"<script>{script}</script>"}
    site.page("/card", CARD)
    site.page("/", f"<!doctype html><body>{inside[where]}</body>")
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    frame = door.page.frames[-1]
    for words in ("first-canary", "other-canary"):
        for field in frame.locator("input:not([name=amount])").all():
            field.fill(words)
        door.capture_failure()
    first, second = evidence.of("browser.screenshot")
    assert first.body == second.body
    assert len(first.body) > 1_000
    assert "canary" not in str([each.body for each in evidence.of("browser.text")])
    frame.locator("[name=amount]").fill("18.00")
    door.capture_failure()
    assert evidence.of("browser.screenshot")[-1].body != first.body, "what is not private is to be seen"


def test_a_page_that_hangs_does_not_hold_up_the_end(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """Of a page whose script never ends, what cannot be had is said within seconds."""
    site.page("/", "<h1>Tea</h1>")
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    door.page.evaluate("setTimeout(() => { for (;;); })")
    door.capture_failure()
    assert "does not say what it shows" in door.seen()
    assert "no picture" in evidence.of("browser.screenshot")[0].summary
    door.close()


def test_a_broken_browser_is_yellow_and_names_the_ways_out(
    identity: ScenarioIdentity, evidence: Evidence, browsers: Browsers, open_browser: Open, tmp_path: Path
) -> None:
    """An executable that is no browser is PartUnavailable, naming it and what to do; it leaves no folder."""
    impostor = tmp_path / "chrome"
    impostor.write_text("#!/bin/sh\necho no display >&2\nexit 3\n")
    impostor.chmod(0o755)
    open_browser().page.title()
    broken = Browsers(BrowserFound(impostor, "configured"))
    broken._playwright = browsers._playwright  # a process has but one
    (temporary := tmp_path / "temporary").mkdir()
    broken.temporary = temporary
    door = BrowserDoor(broken, identity, evidence)
    with pytest.raises(PartUnavailable) as caught:
        door.page.title()
    door.close()
    assert str(impostor) in str(caught.value)
    assert "python -m support browser" in str(caught.value)
    assert not list(temporary.glob("rehearsal-*"))


def test_a_second_playwright_is_refused_with_the_reason(open_browser: Open) -> None:
    """Two Browsers in one thread are ours to mend: the message says that a process has one."""
    open_browser().page.title()
    with pytest.raises(RehearsalError, match="One process has one Browsers"):
        Browsers().open_context([], dict)


def test_closing_twice_is_closing_once(open_browser: Open) -> None:
    """A door may be closed any number of times, also one that was never opened."""
    door = open_browser()
    door.close()
    door.page.title()
    door.close()
    door.close()


def test_a_forked_child_neither_uses_nor_closes_its_parents_browser(open_browser: Open, browsers: Browsers) -> None:
    """In a forked child the browser says whose it is, and closing it leaves the parent's alone."""
    door = open_browser()
    door.page.title()
    child = os.fork()
    if child == 0:
        try:
            browsers.close()
            browsers.open_context([], dict)
        except RehearsalError:
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    assert door.page.title() == ""
