"""The recording of what a browser did, kept of a failure."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from support.core import Evidence, Exhibit
    from support.doors import BrowserDoor, Browsers

    from .conftest import Site

    Open = Callable[..., BrowserDoor]

PAGE = """<h1>Tea</h1><form><label>Password <input type=password></label><label>Card <input data-private></label>
<label>Number <input autocomplete=cc-number></label><label>Name <input name=who></label></form>"""


def archive_of(exhibit: Exhibit) -> zipfile.ZipFile:
    assert isinstance(exhibit.body, bytes), exhibit.summary
    return zipfile.ZipFile(io.BytesIO(exhibit.body))


def events(exhibit: Exhibit) -> list[dict[str, Any]]:
    """The lines of the trace."""
    return [json.loads(line) for line in archive_of(exhibit).read("trace.trace").splitlines()]


def under(exhibit: Exhibit) -> list[tuple[str, str]]:
    """What was called on pages, each with the title of the group that it stands in."""
    began = [event for event in events(exhibit) if event["type"] == "before"]
    titles = {event["callId"]: event.get("title", "") for event in began}
    return [
        (titles.get(event.get("parentId", ""), ""), event["method"]) for event in began if event["class"] == "Frame"
    ]


def test_each_step_is_a_group_of_the_trace(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """What the browser did stands under the words of the step that did it, as Allure's viewer takes it."""
    site.page("/", PAGE)
    door = open_browser(site.origin, trace=True, step="Given Ada is in the shop")
    door.page.goto(f"{site.origin}/")
    door.step_began("When she says her name")
    door.page.get_by_label("Name").fill("Ada")
    door.capture_failure()
    (trace,) = evidence.of("browser.trace")
    assert trace.media_type == "application/vnd.allure.playwright-trace"
    assert [call for call in under(trace) if call[1] in {"goto", "fill"}] == [
        ("Given Ada is in the shop", "goto"),
        ("When she says her name", "fill"),
    ]
    assert any(event["type"] == "frame-snapshot" for event in events(trace))


def test_a_trace_holds_no_secret_and_no_pixels(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """Passwords, private fields and known secrets are in no member of the archive, typed or answered; nor is a picture.

    That includes a field of an earlier page.
    """
    site.page("/", PAGE)
    site.page("/next", "<h1>Next</h1><p>token-canary</p>", headers={"Set-Cookie": "session=cookie-canary"})
    evidence.hide("token-canary")
    door = open_browser(site.origin, trace=True, step="Given Ada is in the shop")
    door.page.goto(f"{site.origin}/")
    for label in ("Password", "Card", "Number"):
        door.page.get_by_label(label).fill(f"typed-canary-{label}")
    door.page.get_by_label("Name").fill("Ada of the tea shop")
    door.page.goto(f"{site.origin}/next")
    door.capture_failure()
    archive = archive_of(evidence.of("browser.trace")[0])
    content = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name, each in content.items() if b"canary" in each]
    assert not [name for name in content if name.endswith((".jpeg", ".jpg", ".png", ".webp"))]
    assert any(b"Ada of the tea shop" in each for each in content.values())


def test_the_first_failure_ends_the_recording(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """A second failure of the same scenario has a picture, but no second trace."""
    site.page("/", PAGE)
    door = open_browser(site.origin, trace=True, step="Given Ada is in the shop")
    door.page.goto(f"{site.origin}/")
    door.capture_failure()
    door.step_began("When she says her name")
    door.page.get_by_label("Name").fill("Ada")
    door.capture_failure()
    assert (len(evidence.of("browser.trace")), len(evidence.of("browser.screenshot"))) == (1, 2)


@pytest.fixture
def temporary(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where temporary files are made."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_a_success_leaves_nothing_behind(
    open_browser: Open, browsers: Browsers, site: Site, evidence: Evidence, temporary: Path
) -> None:
    """Without a failure there is no exhibit, and what was recorded is gone with the window."""
    site.page("/", PAGE)
    door = open_browser(site.origin, trace=True)
    door.page.goto(f"{site.origin}/")
    folder = browsers._traces.path  # type: ignore[union-attr]
    assert list(folder.glob("*.trace")), "it is recorded while it happens"
    assert folder.stat().st_mode & 0o077 == 0
    door.close()
    assert not list(folder.iterdir())
    assert not evidence.of("browser.trace")
    assert not list(temporary.iterdir())


def test_untraced_windows_record_nothing(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """Where recording is off, a failure has no trace and steps may begin all the same."""
    site.page("/", PAGE)
    door = open_browser(site.origin)
    door.page.goto(f"{site.origin}/")
    door.step_began("When she says her name")
    door.capture_failure()
    assert not evidence.of("browser.trace")
    assert evidence.of("browser.screenshot")


def test_a_page_that_hangs_has_a_trace(open_browser: Open, site: Site, evidence: Evidence) -> None:
    """Of a page whose script never ends there is neither picture nor text, but how it came to that."""
    site.page("/", PAGE)
    door = open_browser(site.origin, trace=True, step="Given Ada is in the shop")
    door.page.goto(f"{site.origin}/")
    door.page.evaluate("setTimeout(() => { for (;;); })")
    with pytest.raises(PlaywrightTimeout):
        door.page.get_by_label("Name").fill("Ada", timeout=200)
    door.capture_failure()
    assert "no picture" in evidence.of("browser.screenshot")[0].summary
    assert ("Given Ada is in the shop", "goto") in under(evidence.of("browser.trace")[0])
    door.close()
