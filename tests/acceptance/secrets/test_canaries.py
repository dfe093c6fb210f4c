"""Secrets planted in every channel are found nowhere below the folder of reports, nor in what the run prints."""

from __future__ import annotations

import base64
import json
import re
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from support.record import read_record
from support.reporting._leak_layers import Layer, layers_of
from support.reporting._leaks import find_leaks
from support.reporting.html import ReportUnavailable
from support.reporting.html._allure import allure

from .files import HOOKS, WITHOUT_REDACTION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .conftest import Suite

PAGES = ("-D", "report=true")
EVERYWHERE = (*PAGES, "--no-color", "-f", "pretty", "-f", "plain", "--junit", "--junit-directory", "reports/junit")


@pytest.fixture(scope="module", autouse=True)
def _allure() -> None:
    """Pages are made wherever they can be: a run does not wait while somebody else fetches what makes them."""
    with suppress(ReportUnavailable):
        allure(print, fetch=True)


def test_no_canary_is_found_anywhere(suite: Suite) -> None:
    """Files, archives, the terminal, JUnit: whatever a run leaves is searched, with two searches that share nothing."""
    settings = ("-D", f"behave.api_token={suite.named['setting']}", "-D", f"behave.anything={suite.known['setting']}")
    result = suite.behave(*EVERYWHERE, *settings)
    reports = suite.folder / "reports"
    found = {str(leak) for leak in find_leaks(reports, suite.canaries)} | set(plainly_found(reports, suite))
    assert found == set(), "\n".join(sorted(found))
    verdicts = {each.name: each.verdict for each in read_record(reports / "latest" / "record.jsonl").outcomes}
    assert verdicts.pop("nothing wrong") == "passed", result.stdout + result.stderr
    assert set(verdicts.values()) <= {"failed", "broken"}, result.stdout + result.stderr
    assert kinds(reports) >= WANTED


WANTED = {
    "http.exchange", "sql.query", "message", "mail", "cache.read", "browser.screenshot", "browser.text",
    "browser.console", "browser.trace", "span",
}  # fmt: skip


def kinds(reports: Path) -> set[str]:
    """The kinds of evidence that the run has kept: a channel that left nothing would prove nothing."""
    run = read_record(reports / "latest" / "record.jsonl")
    return {evidence.kind for outcome in run.outcomes for evidence in outcome.evidence}


def plainly_found(folder: Path, suite: Suite) -> Iterator[str]:
    """The canaries in four notations, searched for one by one."""
    forms = {form: name for value, name in suite.canaries.items() for form in plain_forms(value)}
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size:
            for layer in layers_of(path.read_bytes()):
                content = layer.content if isinstance(layer, Layer) else b""
                for form, name in forms.items():
                    if (place := content.find(form)) >= 0:
                        yield f"{path.relative_to(folder)} {layer.member}: {name} behind {content[:place][-60:]!r}"


def plain_forms(value: str) -> set[bytes]:
    packed = [base64.b64encode(b" " * before + value.encode())[4:-4] for before in range(3)]
    texts = (value, quote(value), json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1])
    return {text.encode() for text in texts} | set(packed)


def test_without_redaction_the_run_fails_and_names_file_and_secret(suite: Suite) -> None:
    """The proof of the proof: what the redactor lets through is found, told by name, never repeated, on no page."""
    suite.write("environment.py", WITHOUT_REDACTION + HOOKS)
    suite.only("nothing wrong")
    result = suite.behave(*PAGES, "-f", "plain", "-D", "evidence=all")
    assert result.returncode == 1
    told = result.stdout + result.stderr
    assert re.search(r"-http-exchange\.json: secrets\.query", told), told
    finished = read_record(suite.folder / "reports" / "latest" / "record.jsonl").finished
    assert finished is not None
    assert finished.exit_status == 1
    assert re.search(r"; record\.jsonl: .*secrets\.request_header", finished.reason)
    assert "logs/front.log: secrets.service_log" in finished.reason
    assert "No pages were made of it." in finished.reason
    assert not [*suite.folder.glob("reports/*/report*"), *suite.folder.glob("reports/history.jsonl")]
    assert not [name for value, name in suite.canaries.items() if value in told and "std" not in name]


def test_a_clean_run_is_not_failed_by_the_search(suite: Suite) -> None:
    """What is found are secrets: a run that has hidden them all passes."""
    suite.only("nothing wrong")
    result = suite.behave(*PAGES, "-f", "plain", "-D", "evidence=all")
    assert result.returncode == 0, result.stdout + result.stderr
