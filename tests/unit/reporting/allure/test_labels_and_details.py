"""Labels, links, problems and messages: what readers sort and search by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.record import EvidenceRecord, FixtureRecord, Run, StepRecord
from support.reporting._capability import capability_of
from support.reporting.allure import Options, write_results

from .records import STARTED, labels, read, result_of, scenario

if TYPE_CHECKING:
    from pathlib import Path


def bad(status: str, error_type: str, error: str) -> StepRecord:
    """A step that did not pass."""
    return StepRecord("When", "x", status, error=error, error_type=error_type)


def test_the_tree_is_told_in_business_words(tmp_path: Path) -> None:
    """Epic is the capability's folder in words, then feature and rule; the path has no file names."""
    result = result_of(tmp_path, scenario(feature_file="features/after_sales/a.feature", rule="Money back"))
    assert [labels(result, name) for name in ("epic", "feature", "story")] == [
        ["After sales"],
        ["Paying"],
        ["Money back"],
    ]
    assert result["titlePath"] == ["After sales", "Paying", "Money back"]


@pytest.mark.parametrize(
    ("file", "tags", "said", "found"),
    [
        ("features/after_sales/x/a.feature", [], [], "After sales"),
        ("features/a.feature", [], [], "Features"),
        ("after-sales/a.feature", [], [], "After sales"),
        ("features/x/a.feature", ["allure.label.epic:far", "allure.epic:back_office"], [], "Back office"),
        ("features/x/a.feature", ["allure.epic:far", "allure.label.epic:near"], [], "Near"),
        ("features/x/a.feature", ["allure.epic:far"], [["epic", "own_word"]], "own_word"),
    ],
)
def test_a_capability_has_one_name_everywhere(
    tmp_path: Path, file: str, tags: list[str], said: list[list[str]], found: str
) -> None:
    """Allure's epic is what the front door and JUnit call the capability: the nearest word, or the folder's."""
    record = scenario(feature_file=file, tags=tags, facts={"reporting": {"labels": said}})
    assert capability_of(record) == found
    assert labels(result_of(tmp_path, record), "epic") == [found]


def test_the_nearest_tag_wins_where_there_can_be_one_only(tmp_path: Path) -> None:
    """A scenario's own severity, owner and epic go before its feature's; other labels add up."""
    tags = [
        "minor",
        "owner:ada",
        "slow",
        "allure.label.epic:Old",
        "critical",
        "allure.label.owner:grace",
        "allure.epic:New",
    ]
    result = result_of(tmp_path, scenario(tags=tags))
    assert [labels(result, name) for name in ("severity", "owner", "epic")] == [["critical"], ["grace"], ["New"]]
    assert labels(result, "tag") == ["slow"]


def test_the_layer_is_what_was_touched_unless_a_tag_says_otherwise(tmp_path: Path) -> None:
    """A browser's evidence makes it browser, before HTTP's."""
    evidence = [EvidenceRecord("http.exchange", "GET /"), EvidenceRecord("browser.page", "/")]
    assert labels(result_of(tmp_path, scenario(evidence=evidence)), "layer") == ["browser"]
    assert labels(result_of(tmp_path, scenario(evidence=evidence[:1])), "layer") == ["http"]
    assert labels(result_of(tmp_path, scenario(evidence=evidence, tags=["layer:contract"])), "layer") == ["contract"]


def test_what_a_scenario_says_of_itself_goes_before_its_tags(tmp_path: Path) -> None:
    """Title, description, severity, links and parameters of `allure.dynamic` are the result's."""
    marks = {
        "title": "T",
        "description": "D",
        "labels": [["severity", "blocker"], ["tag", "new"]],
        "links": [["issue", "BUG-2", None]],
        "parameters": [{"name": "p", "value": "1", "excluded": True, "mode": "masked"}],
    }
    result = result_of(tmp_path, scenario(tags=["minor"], facts={"reporting": marks}))
    assert (result["name"], result["description"], labels(result, "severity")) == ("T", "D", ["blocker"])
    assert result["links"] == [{"type": "issue", "url": "BUG-2", "name": "BUG-2"}]
    assert {"name": "p", "value": "1", "excluded": True, "mode": "masked"} in result["parameters"]


def test_patterns_make_links_of_tags(tmp_path: Path) -> None:
    """Issues, links, runbooks and the source lead where the patterns say; addresses are left as they are."""
    tags = [
        "issue:B-1",
        "allure.issue:B-2",
        "allure.link.home:http://x",
        "allure.link:docs",
        "runbook:orders",
        "issue:http://y",
    ]
    options = Options("http://i/{}", "http://l/{}", "http://r/{}", "http://s/{file}#L{line}")
    write_results(Run(STARTED, [scenario(tags=tags, line=3)]), tmp_path, tmp_path / "results", options)
    (result,) = read(tmp_path / "results", "result")
    assert [(each["type"], each["url"]) for each in result["links"]] == [
        ("issue", "http://i/B-1"),
        ("issue", "http://i/B-2"),
        ("link", "http://x"),
        ("link", "http://l/docs"),
        ("runbook", "http://r/orders"),
        ("issue", "http://y"),
        ("source", "http://s/features/ordering/paying.feature#L3"),
    ]


def test_options_are_read_with_and_without_the_prefix_of_allure_behave() -> None:
    """Suites that come from there keep their settings."""
    given = {"AllureFormatter.issue_pattern": "a{}", "link_pattern": "b{}", "AllureFormatter.hide_excluded": "True"}
    assert Options.read(given) == Options("a{}", "b{}", hide_excluded=True)
    assert not Options.read({"AllureFormatter.hide_excluded": "false"}).hide_excluded


@pytest.mark.parametrize(
    ("worker", "thread", "host"),
    [("", ["main"], []), ("worker 2", ["worker 2"], []), ("worker 2@build-7", ["worker 2"], ["build-7"])],
)
def test_workers_are_lanes(tmp_path: Path, worker: str, thread: list[str], host: list[str]) -> None:
    """The timeline shows where each scenario ran."""
    result = result_of(tmp_path, scenario(worker=worker))
    assert (labels(result, "thread"), labels(result, "host")) == (thread, host)


@pytest.mark.parametrize(
    ("step", "tags", "problem"),
    [
        (bad("failed", "PromiseBroken", "not paid"), (), "product"),
        (bad("failed", "PromiseBroken", "no such field"), ("contract",), "contract"),
        (bad("failed", "PromiseBroken", "Still not true after 10 s (3 tries): paid"), (), "timing"),
        (bad("error", "TimeoutError", "too slow"), (), "timing"),
        (bad("error", "PartUnavailable", "orders: has died"), (), "environment"),
        (bad("error", "ConnectionRefusedError", "refused"), (), "environment"),
        (bad("error", "IntegrityError", "duplicate key"), (), "data"),
        (bad("error", "ConfigurationError", "no column"), (), "test"),
        (bad("undefined", "", "No step definition matches."), (), "test"),
    ],
)
def test_whose_problem_it_is_follows_from_the_error(
    tmp_path: Path, step: StepRecord, tags: tuple[str, ...], problem: str
) -> None:
    """Every bad result has one of six problems, as a label and for its category; a good one has none."""
    word = "failed" if step.status == "failed" else "error"
    result = result_of(tmp_path, scenario(status=word, steps=[step], tags=tags))
    assert labels(result, "problem") == [problem]
    assert result["statusDetails"]["trace"].endswith(f"[problem: {problem}]")
    assert labels(result_of(tmp_path, scenario(steps=[])), "problem") == []


def test_the_problem_of_a_hook_follows_from_its_error_and_triage_knows_better(tmp_path: Path) -> None:
    """A part that is missing in a hook is the environment's; what triage says goes before."""
    hook = FixtureRecord("before_scenario", "before", "scenario", "one", status="broken", error_type="PartUnavailable")
    record = scenario(status="hook_error")
    assert labels(result_of(tmp_path, record, hook), "problem") == ["environment"]
    judged = scenario(status="hook_error", facts={"triage": {"problem": "data"}})
    assert labels(result_of(tmp_path, judged, hook), "problem") == ["data"]


def test_a_long_message_is_told_in_ten_lines(tmp_path: Path) -> None:
    """The first nine, and how many there are; all of it is in the record."""
    step = StepRecord("When", "x", "error", error="\n".join(map(str, range(40))), error_type="ValueError")
    message = result_of(tmp_path, scenario(status="error", steps=[step]))["statusDetails"]["message"].splitlines()
    assert (message[0], message[-1], len(message)) == ("ValueError: 0", "... (40 lines)", 10)


def test_an_undefined_step_is_named(tmp_path: Path) -> None:
    """In a list of failures one reads which sentence nobody has defined, and the nearest that exist."""
    step = StepRecord("When", "she pais", "undefined", error="No step definition matches. Nearest: 'When she pays'.")
    message = result_of(tmp_path, scenario(status="error", steps=[step]))["statusDetails"]["message"]
    assert message == "When she pais: No step definition matches. Nearest: 'When she pays'."


def test_the_trace_that_behave_puts_into_a_message_goes_to_the_trace(tmp_path: Path) -> None:
    """A step that has others executed says what failed; of the trace inside, the user's frames are kept."""
    error = (
        "FAILED SUB-STEP: When x\nSubstep info: ASSERT FAILED: no\nTraceback (of failed substep):\n"
        '  File "/p/behave/model.py", line 1991, in run\n    match.run(runner.context)\n'
        '  File "steps/s.py", line 10, in b\n    assert False\n'
    )
    step = StepRecord("When", "all", "failed", error=error, error_type="AssertionError", trace="steps/s.py:3 in a: c()")
    details = result_of(tmp_path, scenario(status="failed", steps=[step]))["statusDetails"]
    assert details["message"] == "FAILED SUB-STEP: When x\nSubstep info: ASSERT FAILED: no"
    assert "behave" not in details["trace"]
    assert 'File "steps/s.py", line 10, in b: assert False' in details["trace"]


def test_output_is_shown_without_what_behave_says_again(tmp_path: Path) -> None:
    """What a step has printed is attached to it, its error is not, and the scenario repeats neither."""
    said = "----\nCAPTURED STDOUT: step\nhello\n\nCAPTURED STDERR: step\nASSERT FAILED: no\n----"
    around = "----\nCAPTURED STDOUT: scenario\nhello\n\nCAPTURED STDOUT: before_scenario\nset up\n----"
    step = StepRecord("When", "x", "failed", error="no", output=said)
    result = result_of(tmp_path, scenario(status="failed", steps=[step], output=around))
    texts = [
        (tmp_path / "results" / each["attachments"][0]["source"]).read_text() for each in (result["steps"][0], result)
    ]
    assert texts == ["stdout:\nhello", "before_scenario:\nset up"]
