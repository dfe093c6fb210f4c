"""The report as a reader meets it, in a real browser."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.reporting.html import make_report
from tests.acceptance.report.results import attach, result, shop_run, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.acceptance.report.conftest import Made, Visit

LEAF, HEAD, MESSAGE = "tree-leaf", "test-result-attachment-header", "test-result-error-message"


@pytest.mark.parametrize("page", ["shop/report/index.html", "shop/report/dashboard/index.html", "shop/report.html"])
def test_a_page_calls_nobody(made: Made, visit: Visit, page: str) -> None:
    """Whoever opens the report, the dashboard or the single file tells nobody else of it."""
    home = made.url if page.startswith("shop/report/") else (made.folder / page).as_uri()
    visit.page.goto(home + page if home == made.url else home)
    visit.page.locator("#allure-app-loader").wait_for(state="detached")
    visit.page.wait_for_load_state("networkidle")
    assert visit.called == []
    assert visit.errors == []


def test_the_tree_leads_from_capability_to_evidence(made: Made, visit: Visit) -> None:
    """Epic, feature and story stand above the scenarios, and a failed step shows what was seen in it."""
    visit.page.goto(f"{made.url}shop/report/index.html")
    titles = visit.page.get_by_test_id("tree-section-title")
    titles.first.wait_for()
    shown = titles.all_inner_texts()
    assert shown[0] == "Payments"  # what went wrong stands first
    assert shown[shown.index("Basket") + 1] == "A basket keeps its price for an hour"
    assert shown.index("Ordering") < shown.index("Basket")
    visit.page.get_by_test_id("tab-failed").click()
    visit.page.get_by_test_id(LEAF).first.click()
    visit.page.get_by_test_id(HEAD).first.wait_for()
    told = visit.page.inner_text("body")
    assert "POST payments/charges -> 402, 31 ms" in told
    assert "missed" not in told
    assert "default" not in told


def test_results_are_sorted_by_whose_problem_they_are(made: Made, visit: Visit) -> None:
    """The categories of the results are those of the report."""
    visit.page.goto(f"{made.url}shop/report/index.html")
    visit.page.get_by_test_id("nav-tab-categories").click()
    visit.page.get_by_text("Environment problem").wait_for()
    assert "Product errors" not in visit.page.inner_text("body")


def test_a_trace_opens_in_the_viewer_beside_the_report(made: Made, visit: Visit) -> None:
    """Over HTTP the trace of a failed scenario opens without the network."""
    visit.page.goto(f"{made.url}shop/report/index.html")
    _open_trace(visit, lambda click: _popup(visit, click))
    assert visit.called == []


def test_from_disk_the_page_says_how_a_trace_is_opened(made: Made, visit: Visit) -> None:
    """A browser does not let a page from disk show a trace, so the page tells what does."""
    visit.page.goto((made.folder / "shop" / "report.html").as_uri())
    _open_trace(visit, lambda click: click())
    assert "python -m playwright show-trace" in visit.page.locator("dialog").inner_text()
    assert visit.called == []


@pytest.mark.parametrize("page", ["hostile/report/index.html", "hostile/report.html"])
def test_hostile_content_neither_executes_nor_breaks_the_page(made: Made, visit: Visit, page: str) -> None:
    """Scripts in names, messages, prose, links and attachments stay words, whatever is opened."""
    visit.page.goto(made.url + page if "/report/" in page else (made.folder / page).as_uri())
    leaves = visit.page.get_by_test_id(LEAF)
    leaves.first.wait_for()
    assert leaves.count() == 2
    visit.page.get_by_test_id("tab-failed").click()
    leaves.first.click()
    heads = visit.page.get_by_test_id(HEAD)
    heads.first.wait_for()
    for index in range(heads.count()):
        heads.nth(index).click()
    preview = visit.page.get_by_test_id("html-attachment-preview").frame_locator("iframe")
    preview.get_by_text("x", exact=True).wait_for()
    assert "window.harm()" in visit.page.get_by_test_id(MESSAGE).first.inner_text()
    visit.page.goto(f"{made.url}shop/report/summary.json")  # whatever was called before has been called by now
    assert visit.called == []
    assert visit.errors == []


def test_making_it_again_adds_no_second_line_to_the_history(made: Made, tmp_path: Path) -> None:
    """A run is one line, with the time of the run, however often its report is made."""
    history = tmp_path / "history.jsonl"
    for run in ("a", "b", "a"):
        shop_run(tmp_path / run / "results", run, seed=ord(run))
        (tmp_path / run / "report").mkdir(exist_ok=True)
        (tmp_path / run / "report" / "old.txt").touch()
        make_report(tmp_path / run / "results", tmp_path / run / "report", single_file=None, history=history,
                    name=run, fetch=True, tell=print)  # fmt: skip
        assert not (tmp_path / run / "report" / "old.txt").exists()
    lines = [json.loads(line) for line in history.read_text().splitlines()]
    assert [line["name"] for line in lines] == ["a", "b"]
    assert lines[0]["timestamp"] < lines[1]["timestamp"]
    assert made.history.exists()


def test_a_great_log_is_carried_whole(made: Made, tmp_path: Path) -> None:
    """An attachment of 50 MB lies in the report as it is."""
    log = attach(tmp_path / "results", "50 MB", "text/plain", "log", b"y\n" * (25 << 20))
    write(tmp_path / "results", result("great", "A great log", attachments=[log]))
    make_report(tmp_path / "results", tmp_path / "report", single_file=None, history=tmp_path / "history.jsonl",
                name="great", fetch=True, tell=print)  # fmt: skip
    found = list((tmp_path / "report" / "data" / "attachments").iterdir())
    assert [each.stat().st_size for each in found] == [50 << 20]
    assert made.history.exists()


def test_one_file_leaves_out_what_is_too_heavy_for_it(made: Made, visit: Visit, tmp_path: Path) -> None:
    """Beyond 50 MB the trace gives way to a word about where it lies; the pages keep it, and the run is one line."""
    run = tmp_path / "r7"
    kept = attach(run / "results", "orders", "text/plain", "log", b"y\n" * (10 << 20))
    heavy = attach(run / "results", "Trace", "application/vnd.allure.playwright-trace", "zip", b"0" * 42_000_000)
    write(run / "results", result("heavy", "A heavy run", "failed", message="x", attachments=[kept, heavy]))
    told: list[str] = []
    make_report(run / "results", run / "report", single_file=run / "report.html",
                history=tmp_path / "history.jsonl", name="heavy", fetch=True, tell=told.append)  # fmt: skip
    assert [each.partition(";")[0] for each in told] == [
        "report.html holds 50 MB of attachments at most. Left out of it: 1 attachment (42 MB)"
    ]
    attachments = (run / "report" / "data" / "attachments").iterdir()
    assert sorted(each.stat().st_size for each in attachments) == [20 << 20, 42_000_000]
    assert (run / "report.html").stat().st_size < 35_000_000
    assert len((tmp_path / "history.jsonl").read_text().splitlines()) == 1
    assert {each.name for each in run.iterdir()} == {"results", "report", "report.html"}
    visit.page.goto((run / "report.html").as_uri())
    visit.page.get_by_test_id(LEAF).first.click()
    visit.page.get_by_test_id(HEAD).filter(has_text="Trace").click()
    visit.page.get_by_text(f"Left out here, 42 MB: it is in results/{heavy['source']} of run r7.").wait_for()
    assert made.history.exists()


def _open_trace(visit: Visit, with_click: Callable[[Callable[[], None]], None]) -> None:
    visit.page.get_by_test_id("tab-failed").click()
    visit.page.get_by_test_id(LEAF).first.click()
    row = visit.page.get_by_test_id(HEAD).filter(has_text="trace of the browser")
    with_click(lambda: row.get_by_role("button").nth(-2).click())


def _popup(visit: Visit, click: Callable[[], None]) -> None:
    with visit.page.context.expect_page() as opened:
        click()
    opened.value.get_by_text("Ada orders tea").first.wait_for()


def test_results_that_do_not_say_where_they_ran_are_on_the_timeline(made: Made, visit: Visit) -> None:
    """A run on one machine has a timeline too."""
    visit.page.goto(f"{made.url}shop/report/index.html#timeline")
    visit.page.get_by_text("this machine").wait_for()
    assert "No data" not in visit.page.inner_text("body")


def test_a_telephone_shows_evidence_and_charts_at_a_readable_width(made: Made, visit: Visit) -> None:
    """The name of an exhibit has room beside its type and size, and a chart has the width to itself."""
    visit.page.set_viewport_size({"width": 375, "height": 812})
    visit.page.goto(f"{made.url}shop/report/index.html")
    visit.page.get_by_test_id("tab-failed").click()
    visit.page.get_by_test_id(LEAF).first.click()
    visit.page.get_by_test_id(HEAD).first.wait_for()
    heights = [(each.bounding_box() or {"height": 0})["height"] for each in visit.page.get_by_test_id(HEAD).all()]
    assert max(heights) < 120
    visit.page.goto(f"{made.url}shop/report/dashboard/index.html")
    chart = visit.page.locator("[class*=styles_grid-item__]").first
    chart.wait_for()
    assert (chart.bounding_box() or {"width": 0})["width"] > 200


def test_scenarios_stand_before_what_they_ran_with(made: Made, visit: Visit) -> None:
    """The search for scenarios is above the run's own data, which nobody has come for."""
    visit.page.goto(f"{made.url}shop/report/index.html")
    search, about = visit.page.get_by_placeholder("Search tests"), visit.page.get_by_test_id("metadata-list")
    about.first.wait_for(state="attached")
    assert (search.bounding_box() or {"y": 1})["y"] < (about.first.bounding_box() or {"y": 0})["y"]
