from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from support.reporting.html import ReportUnavailable
from support.reporting.html._configuration import DASHBOARD, PAGES, SINGLE, configuration

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def told(results: Path, past: int = 9, made: Sequence[str] = (PAGES, DASHBOARD, SINGLE)) -> Any:  # noqa: ANN401
    results.mkdir(exist_ok=True)
    issues = results / "known-issues.json"
    return configuration(results, results, made, history=results, past=past, name="Shop", issues=issues)


def charts(configured: Any) -> set[str]:  # noqa: ANN401
    return {each["type"] for each in configured["plugins"]["dashboard"]["options"]["layout"]}


def test_a_linked_issue_is_a_known_one(tmp_path: Path) -> None:
    """A failure of a scenario that links an issue is told as known, and by the results' own words."""
    links = [{"type": "issue", "name": "SHOP-1", "url": "https://issues.example/SHOP-1"},
             {"type": "issue", "name": "bad", "url": "javascript:bad"}]  # fmt: skip
    (tmp_path / "1-result.json").write_text(json.dumps({"testCaseId": "c", "links": links}))
    resolutions = told(tmp_path)["resolutions"]
    assert resolutions["links"] == {"SHOP-1": {"urlTemplate": "https://issues.example/%s"}}
    assert [(rule["issue"]["id"], len(rule["testCaseId"])) for rule in resolutions["rules"]] == [("SHOP-1", 1)]


def test_the_file_of_known_issues_goes_first(tmp_path: Path) -> None:
    """What the team has written down of an issue is not overruled by a link."""
    rule = {"resolution": "muted", "comment": "later", "messageRegexp": "x"}
    (tmp_path / "known-issues.json").write_text(json.dumps({"rules": [rule]}))
    assert told(tmp_path)["resolutions"]["rules"] == [rule]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ('{"rules": [', "it is no JSON: Expecting value"),
        ('[{"rules": []}]', "not of the form"),
        ('{"rules": {"resolution": "muted"}}', "not of the form"),
        ('{"rules": ["muted"]}', "not of the form"),
        ('{"links": []}', "not of the form"),
    ],
)
def test_a_broken_file_of_known_issues_is_told(tmp_path: Path, text: str, wrong: str) -> None:
    """File, fault, content and way out are told, whatever the file holds."""
    (tmp_path / "known-issues.json").write_text(text)
    with pytest.raises(ReportUnavailable, match=f"known-issues.json cannot be read, .*{wrong}.*results stay.*Mend it"):
        told(tmp_path)


def test_the_results_own_categories_are_the_reports(tmp_path: Path) -> None:
    """Allure's new pages do not read categories.json by themselves, so it is handed on."""
    (tmp_path / "categories.json").write_text('[{"name": "Product", "traceRegex": "p", "description": "x"}]')
    assert told(tmp_path)["categories"]["rules"] == [{"name": "Product", "traceRegex": "p", "expand": True}]


def test_a_first_run_has_no_trends(tmp_path: Path) -> None:
    """A chart that has nothing to say yet is left out."""
    assert "stabilityDistribution" in charts(told(tmp_path))
    assert charts(told(tmp_path, past=0)).isdisjoint({"stabilityDistribution", "statusTransitions"})


def test_every_result_is_on_the_timeline(tmp_path: Path) -> None:
    """A result that does not say where it ran, ran here: the timeline leaves out what ran nowhere."""
    configured = told(tmp_path)
    assert configured["defaultLabels"] == {"host": "this machine", "thread": "main"}
    assert "host" in configured["hideLabels"]


def test_what_went_wrong_stands_first(tmp_path: Path) -> None:
    """Whoever opens the tree need not look for the red ones."""
    plugins = told(tmp_path)["plugins"]
    assert {plugins[each]["options"]["defaultSortBy"] for each in ("awesome", "single")} == {"status,asc"}


def test_a_run_is_one_line_of_the_history_however_often_allure_is_called(tmp_path: Path) -> None:
    """Only the pages append it: the report in one file may be made by a call of its own."""
    alone, pages = told(tmp_path, made=[SINGLE]), told(tmp_path, made=[PAGES, DASHBOARD])
    assert (alone["appendHistory"], pages["appendHistory"]) == (False, True)
    assert ({*alone["plugins"]}, {*pages["plugins"]}) == ({SINGLE, "agent"}, {PAGES, DASHBOARD, "agent"})
