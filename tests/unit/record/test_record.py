"""The run record: what is written is read, whatever became of the run."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from support.core import ConfigurationError, Exhibit, ScenarioPlan
from support.record import (
    Amendment,
    EvidenceRecord,
    FixtureRecord,
    RecordWriter,
    RunFinished,
    RunStarted,
    ScenarioRecord,
    ScenarioStarted,
    StepRecord,
    keep_evidence,
    read_record,
    verdict_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from support.record import Entry

STARTED = RunStarted(
    run_id="r1",
    seed=7,
    started_at=100.0,
    profile="embedded",
    scenarios=(
        ScenarioPlan("a", "features/a.feature:3", "A", ("smoke",)),
        ScenarioPlan("b", "features/a.feature:9", "B"),
    ),
)
FINISHED = RunFinished(finished_at=103.0, exit_status=0, duration=3.0)


def ended(name: str, status: str = "passed", **more: object) -> ScenarioRecord:
    """A record of the scenario `name`, as short as can be."""
    return ScenarioRecord(scenario_id=name, run_id="r1", feature="F", name=name.upper(), status=status, **more)  # type: ignore[arg-type]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the record lies: a folder that is not there yet."""
    return tmp_path / "reports" / "r1" / "record.jsonl"


def write(path: Path, *entries: Entry) -> None:
    """Write a record and close it."""
    writer = RecordWriter(path)
    for entry in entries:
        writer.write(entry)
    writer.close()


def test_what_is_written_is_read(path: Path) -> None:
    """Every field of every line comes back as it was written."""
    step = StepRecord("Given", "a <b> \u2028 x", "failed", 0.1, 4, "expected 1\nfound 2", "AssertionError", "a.py:3")
    seen = EvidenceRecord("http.exchange", "GET / -> 200", 0, 101.5, "application/json", "evidence/1.json", {"ms": 3})
    record = ended(
        "a", "failed", steps=(step,), evidence=(seen,), row={"n": "1"}, facts={"triage": {"cause": [1, None]}}
    )
    write(path, STARTED, record, ended("b"), FINISHED)
    run = read_record(path)
    assert (run.started, run.scenarios[0], run.finished) == (STARTED, record, FINISHED)


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("passed", "passed"),
        ("failed", "failed"),
        ("error", "broken"),
        ("hook_error", "broken"),
        ("cleanup_error", "broken"),
        ("undefined", "broken"),
        ("pending", "broken"),
        ("skipped", "skipped"),
        ("untested", "not run"),
        ("a word of a later behave", "broken"),
    ],
)
def test_red_is_the_product_and_yellow_is_us(status: str, verdict: str) -> None:
    """Only an assertion is red, and nothing that went wrong is green."""
    assert verdict_of(status) == verdict == ended("a", status).verdict


def test_a_killed_run_is_readable_up_to_its_last_word(path: Path) -> None:
    """A torn last line is passed over; the scenario that had begun is broken, and what had not is not run."""
    write(path, STARTED, ScenarioStarted("a", "A", 101.0, line=3))
    with path.open("a") as file:
        file.write('{"type":"scenario","scenario_id":"a","ru')
    run = read_record(path)
    assert not run.complete
    assert [each.name for each in run.interrupted_in] == ["A"]
    assert [each.verdict for each in run.scenarios] == ["broken", "not run"]
    assert run.verdict == "broken"


def test_a_scenario_whose_end_is_amended_did_not_interrupt_the_run(path: Path) -> None:
    """A scenario that a hook broke before it could be recorded is accounted for by its amendment."""
    begun = ScenarioStarted("a", "A", 101.0, feature="F", rule="R")
    write(path, STARTED, begun, Amendment("a", "hook_error", "late"), ended("b"), FINISHED)
    run = read_record(path)
    told = next(each for each in run.outcomes if each.scenario_id == "a")
    assert (run.interrupted_in, told.verdict, told.feature, told.rule) == ((), "broken", "F", "R")


def test_every_line_is_with_the_system_before_write_returns(path: Path) -> None:
    """Nobody needs to close or flush: another reader sees the line at once."""
    writer = RecordWriter(path)
    writer.write(STARTED)
    assert read_record(path).started == STARTED
    writer.close()


def test_an_amendment_turns_green_yellow(path: Path) -> None:
    """A clean-up that failed after the record was written makes the scenario broken, with the reason."""
    write(path, STARTED, ended("a"), Amendment("a", "cleanup_error", "The mailbox did not empty."))
    assert (read_record(path).scenarios[0].verdict, read_record(path).scenarios[0].reason) == (
        "broken",
        "The mailbox did not empty.",
    )


def test_an_amendment_leaves_red_red(path: Path) -> None:
    """A broken clean-up does not hide what the product did wrong; both reasons are told."""
    write(path, STARTED, ended("a", "failed", reason="found 2"), Amendment("a", "cleanup_error", "leak"))
    scenario = read_record(path).scenarios[0]
    assert (scenario.verdict, scenario.reason, scenario.afterwards) == ("failed", "found 2; leak", "leak")


def clean_up(of: str, error: str = "", error_type: str = "OSError", attempt: int = 1) -> FixtureRecord:
    """A clean-up that went wrong, of which behave keeps no word."""
    return FixtureRecord(
        "clean-up: close", "after", "scenario", of, attempt, "broken", error=error, error_type=error_type
    )


@pytest.mark.parametrize(
    ("fixtures", "reason"),
    [
        ([clean_up("a", "disk full\nat x")], "clean-up: close: OSError: disk full"),
        ([clean_up("a", error_type="KeyError")], "clean-up: close: KeyError"),
        ([clean_up("a", "one"), clean_up("a", "two")], "clean-up: close: OSError: one; clean-up: close: OSError: two"),
        (
            [clean_up("b"), clean_up("a", attempt=2)],
            "It ended as cleanup_error after its record was written.",
        ),
    ],
)
def test_where_behave_keeps_no_word_the_hook_tells_it(path: Path, fixtures: list[FixtureRecord], reason: str) -> None:
    """The first line of the error of the scenario's own clean-up is the reason, with or without a record."""
    write(path, STARTED, ended("a"), *fixtures, Amendment("a", "cleanup_error"))
    assert read_record(path).scenarios[0].reason == reason
    path.unlink()
    write(path, STARTED, *fixtures, Amendment("a", "cleanup_error"))
    assert read_record(path).scenarios[0].reason == reason


def test_what_a_record_tells_is_not_told_again(path: Path) -> None:
    """A trouble while closing stands in the record, and in the hook that has raised it."""
    first = ended("a", "hook_error", reason="Did not close.")
    hook = clean_up("a", "Did not close.", "RehearsalError")
    write(path, STARTED, first, hook, clean_up("a", "full"), Amendment("a", "cleanup_error"))
    scenario = read_record(path).scenarios[0]
    assert (scenario.reason, scenario.afterwards) == (
        "Did not close.; clean-up: close: OSError: full",
        "clean-up: close: OSError: full",
    )


@pytest.mark.parametrize(
    ("reason", "afterwards"), [("Then x: 1; 2", ""), ("Then x: 1; 2; Did not close.", "Did not close."), ("y; z", "")]
)
def test_a_record_of_an_earlier_version_tells_what_went_wrong_later(path: Path, reason: str, afterwards: str) -> None:
    """It had no field of its own for that; a message that holds a semicolon stays whole."""
    steps = [StepRecord("Then", "x", "failed", error="1; 2\nmore")]
    write(path, STARTED, ended("a", "failed", reason=reason, steps=steps))
    path.write_text(path.read_text().replace(',"afterwards":""', ""))
    assert "afterwards" not in path.read_text()
    assert read_record(path).scenarios[0].afterwards == afterwards


def test_an_amendment_tells_of_a_scenario_that_never_started(path: Path) -> None:
    """A planned scenario without a record has the status and reason of its amendment."""
    write(path, STARTED, ended("a", "failed"), Amendment("b", "untested", "smoke failed"), FINISHED)
    told = read_record(path).scenarios[1]
    assert (told.verdict, told.reason, told.name, told.line) == ("not run", "smoke failed", "B", 9)


def test_words_of_later_minor_versions_are_passed_over(path: Path) -> None:
    """Unknown types and fields do not stop an older reader."""
    write(path, STARTED)
    line = {"type": "scenario", **vars(ended("a")), "mood": "good"}
    with path.open("a") as file:
        file.write(json.dumps(line) + "\n" + '{"type":"weather"}\n')
    run = read_record(path)
    assert (run.scenarios[0].name, run.damaged) == ("A", 0)


def test_a_later_major_version_is_refused(path: Path) -> None:
    """A record that would mislead this reader says which Rehearsal to use."""
    write(path, RunStarted(run_id="r", seed=1, started_at=1.0, schema_version=2))
    with pytest.raises(ConfigurationError, match="schema version 2; this Rehearsal reads up to 1"):
        read_record(path)


def test_no_record_says_what_to_do(path: Path) -> None:
    """A missing file and a file without a first line are errors that the user can mend."""
    with pytest.raises(ConfigurationError, match="Run behave first"):
        read_record(path)
    write(path)
    with pytest.raises(ConfigurationError, match="holds no run"):
        read_record(path)


def test_outcomes_are_in_the_order_of_the_plan(path: Path) -> None:
    """Of scenarios that ran side by side the first to end is not told first; what nobody planned comes last."""
    write(path, STARTED, ended("c"), ended("b", "failed"), ended("a"), ended("b", attempt=2), FINISHED)
    assert [each.scenario_id for each in read_record(path).outcomes] == ["a", "b", "c"]


def test_the_last_attempt_counts(path: Path) -> None:
    """All attempts are kept; one that passes makes good what went before, and yet it is not as if nothing had."""
    write(path, STARTED, ended("a", "failed"), ended("b"), ended("a", "passed", attempt=2), FINISHED)
    run = read_record(path)
    assert (len(run.scenarios), run.counts["passed"], run.counts["failed"], run.verdict) == (3, 1, 0, "flaky")
    assert run.outcomes[0].reason == "Passed in attempt 2; attempt 1 failed."


@pytest.mark.parametrize(
    ("statuses", "repeated", "verdict", "attempt"),
    [
        (["failed", "passed"], False, "flaky", 2),
        (["error", "failed", "passed"], False, "flaky", 3),
        (["failed", "error"], False, "failed", 1),
        (["error", "error"], False, "broken", 2),
        (["failed", "failed"], False, "failed", 2),
        (["passed", "passed"], True, "passed", 2),
        (["passed", "failed", "passed"], True, "failed", 2),
        (["failed", "error", "passed"], True, "failed", 1),
        (["passed", "error", "passed"], True, "broken", 2),
    ],
)
def test_attempts_come_to_one_verdict(
    path: Path, statuses: list[str], *, repeated: bool, verdict: str, attempt: int
) -> None:
    """What was run again may pass at last; what was repeated must pass each time; red is never hidden by yellow."""
    started = replace(STARTED, settings={"repeat": "3"} if repeated else {})
    write(path, started, *(ended("a", each, attempt=number) for number, each in enumerate(statuses, 1)), FINISHED)
    outcome = read_record(path).outcomes[0]
    assert (outcome.verdict, outcome.attempt) == (verdict, attempt)
    assert ("attempts went badly" in outcome.reason) is (verdict in {"failed", "broken"})


@pytest.mark.parametrize(
    ("asked", "reason", "verdict"), [("true", "", "flaky"), ("true", "It leaks.", "broken"), ("", "", "broken")]
)
def test_a_run_may_fail_because_of_what_is_flaky(path: Path, asked: str, reason: str, verdict: str) -> None:
    """That is its whole trouble if nothing else was; an exit status without it is a broken run."""
    started = replace(STARTED, settings={"fail_on_flaky": asked})
    end = replace(FINISHED, exit_status=1, reason=reason)
    write(path, started, ended("a", "failed"), ended("a", attempt=2), ended("b"), end)
    assert read_record(path).verdict == verdict


def test_an_amendment_finds_its_attempt(path: Path) -> None:
    """It is about the attempt that it names, about the last one if it names none, and says nothing twice."""
    write(
        path,
        *(STARTED, ended("a"), ended("a", attempt=2), Amendment("a", "cleanup_error", "leak", attempt=1)),
        *(ended("b", "error", reason="boom"), ended("b", attempt=2), Amendment("b", "hook_error", "late")),
        *(ended("c", "failed", reason="found 2"), Amendment("c", "failed")),
    )
    told = [(each.scenario_id, each.attempt, each.status, each.reason) for each in read_record(path).scenarios]
    assert told == [
        ("a", 1, "cleanup_error", "leak"),
        ("a", 2, "passed", ""),
        ("b", 1, "error", "boom"),
        ("b", 2, "hook_error", "late"),
        ("c", 1, "failed", "found 2"),
    ]


def test_a_run_that_ended_badly_is_not_green(path: Path) -> None:
    """An exit status that no scenario explains makes the run broken."""
    write(path, STARTED, ended("a"), ended("b"), RunFinished(finished_at=1.0, exit_status=1))
    assert read_record(path).verdict == "broken"


def test_many_threads_share_a_record(path: Path) -> None:
    """Lines written side by side do not mix."""
    writer = RecordWriter(path)
    writer.write(STARTED)

    def work(worker: int) -> None:
        for number in range(100):
            writer.write(ended(f"{worker}-{number}", reason="x" * 5_000))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run = read_record(path)
    assert (run.damaged, len(run.outcomes)) == (0, 802)


def test_many_writers_share_a_record(path: Path) -> None:
    """Each process has a writer of its own; none overwrites what another has written."""
    one, other = RecordWriter(path), RecordWriter(path)
    one.write(STARTED)
    other.write(ended("a"))
    one.write(ended("b"))
    assert [each.scenario_id for each in read_record(path).outcomes] == ["a", "b"]


def test_hostile_text_does_not_break_a_line(path: Path) -> None:
    """Lone surrogates, control characters and values that JSON lacks are written somehow, and read."""
    write(path, STARTED, ended("a", reason="\udc80\x00\n</script>", facts={"path": path, "set": {1}}))
    assert read_record(path).scenarios[0].reason == "\udc80\x00\n</script>"


def test_the_writer_knows_what_it_has_written(path: Path) -> None:
    """Planned scenarios are known at once, and have a status when they have ended."""
    writer = RecordWriter(path)
    writer.write(STARTED)
    writer.write(ended("a", "failed"))
    assert writer.written == {"a": "failed", "b": ""}
    writer.close()
    writer.close()


def test_evidence_lies_beside_the_record(tmp_path: Path) -> None:
    """Bodies become files below the run's folder, named by what they are; what has no body has no file."""
    exhibits = [
        Exhibit("http.exchange", "GET / -> 200", '{"a": 1}', "application/json", at=1.0, step=0),
        Exhibit("browser.screenshot", "the page", b"\x89PNG", "image/png"),
        Exhibit("sql.query", "1 row", data={"rows": [1]}),
    ]
    kept = keep_evidence(exhibits, tmp_path, "evidence/a-1")
    assert [each.file for each in kept] == [
        "evidence/a-1/01-http-exchange.json",
        "evidence/a-1/02-browser-screenshot.png",
        None,
    ]
    assert (tmp_path / "evidence/a-1/02-browser-screenshot.png").read_bytes() == b"\x89PNG"
    assert kept[2].data == {"rows": [1]}


@pytest.mark.parametrize(
    ("media_type", "suffix"),
    [
        ("text/html", ".html.txt"),
        ("Text/HTML ; charset=utf-8", ".html.txt"),
        ("image/svg+xml", ".svg.txt"),
        ("application/xhtml+xml", ".xhtml.txt"),
        ("text/xml", ".xml.txt"),
        ("text/plain", ".txt"),
        ("image/png", ".png"),
    ],
)
def test_a_browser_that_opens_evidence_runs_no_script_in_it(tmp_path: Path, media_type: str, suffix: str) -> None:
    """What may hold scripts is shown as text when it is opened from the disk; the record says what it is."""
    (kept,) = keep_evidence([Exhibit("attachment", "a", "<script>", media_type)], tmp_path, "evidence/a-1")
    assert (kept.file, kept.media_type) == (f"evidence/a-1/01-attachment{suffix}", media_type)
    assert (tmp_path / str(kept.file)).read_text() == "<script>"
