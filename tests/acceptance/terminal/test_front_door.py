"""The front door in a real browser: usable by everybody, and harmless."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from support.doors import ensure_browser
from support.record import EvidenceRecord, FixtureRecord, ScenarioStarted
from support.reporting._runs import PastRun
from support.reporting.front import front_door
from tests.unit.reporting.records import HOSTILE, accident, ended, promise, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from support.record import Run, ScenarioRecord


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without windows."""
    found = ensure_browser(lambda _words: None)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found.executable, env=dict(found.environment))
        yield opened
        opened.close()


def scenarios() -> list[ScenarioRecord]:
    """One of each verdict, one that was repeated, and enough of the others."""
    seen = (
        EvidenceRecord("browser.screenshot", "The page", file="evidence/a-1/01.png"),
        EvidenceRecord("mail", "To A"),
    )
    green = [ended(f"A promise that is kept {n}", duration=0.5, feature=f"Feature {n % 3}") for n in range(20)]
    return [
        ended("A promise that is broken", "failed", steps=(promise(),), evidence=seen, tags=("owner:shop",)),
        ended("An accident", "error", steps=(accident(),), feature_file="features/payments/b.feature"),
        ended("Left out", "skipped", reason="The profile does not grant it."),
        ended("Never begun", "untested"),
        ended("Repeated", "failed"),
        ended("Repeated", attempt=2),
        *green,
    ]


def whole() -> Run:
    """A run with all that a page can show."""
    hook = FixtureRecord("after_all", "after", "run", status="error", error="no", error_type="OSError")
    inside = ScenarioStarted("b", "Ada signs in", 1.0, feature_file="features/b.feature", line=3)
    return replace(run(*scenarios()), fixtures=(hook,), finished=None, interrupted_in=(inside,), damaged=2)


def evil() -> Run:
    """A run in which every name is hostile, or ten thousand letters long."""
    texts = dict.fromkeys(("feature", "rule", "feature_file", "reason", "rerun"), HOSTILE)
    step = replace(promise(HOSTILE), text=HOSTILE, trace=HOSTILE)
    long = dict.fromkeys(("feature", "rule", "reason"), "W" * 10_000)
    seen = (EvidenceRecord(HOSTILE, HOSTILE, file="javascript:alert(1)"),)
    return run(ended(HOSTILE, "failed", steps=(step,), evidence=seen, **texts), ended("W" * 10_000, "error", **long))


def opened(browser: Browser, page: Path, **how: Any) -> Page:  # noqa: ANN401 - Playwright's options
    """The page in a window of its own, everything unfolded."""
    window = browser.new_context(**how).new_page()
    window.goto(page.as_uri())
    window.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    return window


def saved(told: Run, folder: Path) -> Path:
    """The front door of a run, with something behind every door."""
    for name in ("junit.xml", "report.html", "record.jsonl"):
        (folder / name).touch()
    for name in ("evidence", "logs", "results"):
        (folder / name).mkdir()
    past = [PastRun(f"p{n}", n - 9, 1.0, "passed", {"passed": 3, "failed": n}) for n in range(3)]
    (folder / "index.html").write_text(front_door(told, folder, others=past), encoding="utf-8")
    return folder / "index.html"


@pytest.mark.parametrize("told", [whole(), evil(), run(ended("a")), run()], ids=["whole", "evil", "one", "empty"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_everybody_can_use_the_page(browser: Browser, tmp_path: Path, told: Run, scheme: str, width: int) -> None:
    """axe finds nothing, in the light and in the dark, and nothing is wider than a telephone."""
    size = {"width": width, "height": 800}
    window = opened(browser, saved(told, tmp_path), color_scheme=scheme, viewport=size)
    found = Axe().run(window).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    assert window.evaluate("document.documentElement.scrollWidth") <= width
    window.context.close()


def test_nothing_runs_and_nothing_is_loaded(browser: Browser, tmp_path: Path) -> None:
    """No name becomes a script or an element, the page asks nobody for anything, and the browser has no complaint."""
    window = browser.new_context().new_page()
    said, asked = list[str](), list[str]()
    window.on("console", lambda message: said.append(message.text))
    window.on("dialog", lambda dialog: said.append(dialog.message))
    window.on("request", lambda request: asked.append(request.url))
    window.goto(saved(evil(), tmp_path).as_uri())
    assert said == []
    assert asked == [(tmp_path / "index.html").as_uri()]
    assert window.locator("script").count() == 0
    window.context.close()


def test_the_way_down_needs_no_script(browser: Browser, tmp_path: Path) -> None:
    """From capability to scenario by the keyboard alone."""
    window = browser.new_context(java_script_enabled=False).new_page()
    window.goto(saved(whole(), tmp_path).as_uri())
    window.locator("summary", has_text="Payments").focus()
    window.keyboard.press("Enter")
    window.keyboard.press("Tab")
    window.keyboard.press("Enter")
    window.keyboard.press("Tab")
    assert window.locator("a:focus").text_content() == "An accident"
    window.context.close()


def test_paper_shows_what_is_folded(browser: Browser, tmp_path: Path) -> None:
    """Who prints the page has all scenarios on it, without unfolding anything."""
    page = saved(whole(), tmp_path)
    window = browser.new_context().new_page()
    window.goto(page.as_uri())
    kept = window.get_by_text("A promise that is kept 19")
    assert not kept.is_visible()
    window.emulate_media(media="print")
    assert kept.evaluate("each => each.checkVisibility({contentVisibilityAuto: true}) && each.offsetHeight > 0")
    window.context.close()
