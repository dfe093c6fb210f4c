"""JUnit XML, as CI servers read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import Element, fromstring

import pytest

from support.record import EvidenceRecord
from support.reporting._junit import junit
from tests.unit.reporting.records import HOSTILE, RERUN, accident, ended, promise, run

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support.record import Run

RERUN_TYPE: Final = ({"stackTrace", "system-out", "system-err"}, {"message", "type"}, {"type"})
OUTCOME: Final = (set[str](), {"type", "message"}, set[str]())
PLAIN: Final = (set[str](), set[str](), set[str]())
SCHEMA: Final[Mapping[str, tuple[set[str], set[str], set[str]]]] = {
    "testsuites": ({"testsuite"}, {"name", "time", "tests", "failures", "errors"}, set()),
    "testsuite": (
        {"properties", "testcase", "system-out", "system-err"},
        {"name", "tests", "failures", "errors", "time", "skipped", "timestamp", "hostname", "id", "package", "file"},
        {"name", "tests", "failures", "errors"},
    ),
    "testcase": (
        {"skipped", "error", "failure", "rerunFailure", "rerunError", "flakyFailure", "flakyError", "system-out"},
        {"name", "time", "classname", "group"},
        {"name"},
    ),
    "properties": ({"property"}, set(), set()),
    "property": (set(), {"name", "value"}, {"name", "value"}),
    **dict.fromkeys(("skipped", "error", "failure"), OUTCOME),
    **dict.fromkeys(("rerunFailure", "rerunError", "flakyFailure", "flakyError"), RERUN_TYPE),
    **dict.fromkeys(("system-out", "system-err", "stackTrace"), PLAIN),
}
"""Of each element: the elements it may hold, the attributes it may have, and those that it must have."""


def document(told: Run) -> Element:
    """The document of a run, which keeps to the schema that CI servers check."""
    root = fromstring(junit(told))
    for element in root.iter():
        children, allowed, needed = SCHEMA[element.tag]
        assert {child.tag for child in element} <= children, element.tag
        assert needed <= set(element.attrib) <= allowed, element.attrib
    return root


def case(told: Run, name: str) -> Element:
    """The case of a scenario."""
    return next(each for each in document(told).iter("testcase") if str(each.get("name")).endswith(name))


def test_totals_are_those_of_the_record() -> None:
    """Each verdict is counted where a CI server looks for it, and the sums stand on top."""
    told = run(
        ended("a"), ended("b", "failed"), ended("c", "error"), ended("d", "skipped"), ended("e", "untested"),
        ended("f", feature="Other", feature_file="features/shopping/b.feature"),
    )  # fmt: skip
    root = document(told)
    assert {name: root.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "6", "failures": "1", "errors": "1"
    }  # fmt: skip
    first, second = root
    assert [first.get(name) for name in ("tests", "failures", "errors", "skipped")] == ["5", "1", "1", "2"]
    assert second.get("name") == "Shopping.Other"


def test_a_failure_says_all_one_needs() -> None:
    """The promise, what was found, the place, the evidence and the command to repeat it."""
    seen = EvidenceRecord("http.exchange", "GET /", file="evidence/x-1/01.json")
    red = case(run(ended("x", "failed", steps=(promise(),), evidence=(seen,), reason="found 2")), "x")
    (failure, out) = red
    assert (failure.tag, failure.get("type"), failure.get("message")) == ("failure", "PromiseBroken", "found 2")
    assert failure.text == "Then it is sold out\n  expected 1, found 2\nwhere: features/a.feature:14"
    assert out.text == f"evidence: evidence/x-1/01.json (GET /)\nrerun: {RERUN}"


def test_what_is_ours_is_an_error() -> None:
    """A broken scenario is not blamed on the product, and its trace is told."""
    (error, _) = case(run(ended("x", "error", steps=(accident(),))), "x")
    assert (error.tag, error.get("type")) == ("error", "OSError")
    assert "b.py:2 in b" in str(error.text)


@pytest.mark.parametrize("status", ["skipped", "untested"])
def test_what_did_not_run_says_why(status: str) -> None:
    """It is neither green nor red, and a missing reason is told as well."""
    (skipped,) = case(run(ended("x", status, reason="Smoke failed.")), "x")
    assert (skipped.tag, skipped.get("message")) == ("skipped", "Smoke failed.")
    (skipped,) = case(run(ended("x", status)), "x")
    assert "nobody said why" in str(skipped.get("message"))


@pytest.mark.parametrize(("last", "tag"), [("passed", "flakyFailure"), ("failed", "rerunFailure")])
def test_earlier_attempts_are_not_lost(last: str, tag: str) -> None:
    """A scenario that passed when repeated is flaky; either way it counts once."""
    told = run(ended("x", "failed", steps=(promise(),)), ended("x", last, attempt=2))
    assert document(told).get("tests") == "1"
    found = case(told, "x").findall(tag)
    assert [(each.get("type"), str(each.findtext("stackTrace"))[:19]) for each in found] == [
        ("PromiseBroken", "Then it is sold out")
    ]


def test_a_bad_run_without_a_bad_scenario_is_not_green() -> None:
    """A run that was killed between two scenarios, or did not close, has an error of its own."""
    for told in (run(ended("a"), exit_status=1, reason="It did not close."), replace(run(ended("a")), finished=None)):
        root = document(told)
        assert (root.get("tests"), root.get("errors")) == ("2", "1")
    assert "It did not close." in junit(run(ended("a"), exit_status=1, reason="It did not close."))
    assert document(run(ended("a"))).get("tests") == "1"


def test_trouble_of_the_run_itself_is_told_beside_bad_scenarios() -> None:
    """A secret that leaked, or a system that did not close, is not lost because a scenario failed, too."""
    told = run(ended("a", "failed"), ended("b", "error"), exit_status=1, reason="Secrets stand in a.log.")
    root = document(told)
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("3", "1", "2")
    assert [each.get("message") for each in root[-1].iter("error")] == ["Secrets stand in a.log."]
    assert document(run(ended("a", "failed"), exit_status=1)).get("tests") == "1"
    assert document(run(ended("a"), reason="All is well.")).get("tests") == "1"
    assert document(replace(run(ended("a", "failed")), finished=None)).get("errors") == "1"


def test_cases_of_one_name_can_be_told_apart() -> None:
    """Rows of an outline by their cells, others by their line: a CI server takes one name for one case."""
    rows = [ended("x", scenario_id=str(n), row={"size": str(n)}) for n in (1, 2)]
    lines = [ended("y", scenario_id=f"y{n}", line=n) for n in (1, 2)]
    names = [each.get("name") for each in document(run(*rows, *lines)).iter("testcase")]
    assert names == ["Stock > x (size=1)", "Stock > x (size=2)", "Stock > y (line 1)", "Stock > y (line 2)"]


def test_hostile_content_breaks_no_document() -> None:
    """Control characters, markup and lone surrogates come out as texts."""
    seen = EvidenceRecord(HOSTILE, HOSTILE, file=HOSTILE)
    step = replace(promise(HOSTILE), keyword=HOSTILE, text=HOSTILE, error_type=HOSTILE, trace=HOSTILE)
    texts = dict.fromkeys(("feature", "rule", "feature_file", "reason", "rerun"), HOSTILE)
    told = run(ended(HOSTILE, "failed", steps=(step,), evidence=(seen,), row={HOSTILE: HOSTILE}, **texts))
    assert r"\x1b[31m<script>" in str(document(told)[0][1].get("name"))
    assert junit(told).encode()


def test_a_run_of_nothing_is_a_document() -> None:
    """Without a scenario there is one suite: the run's own, if it ended badly."""
    assert list(document(run())) == []
    assert document(run(exit_status=1)).get("errors") == "1"
