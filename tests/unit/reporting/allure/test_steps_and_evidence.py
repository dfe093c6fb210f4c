"""What was done and seen stands where it was done: in the action, the step or the hook that left it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from support.core import Action
from support.record import EvidenceRecord, FixtureRecord, StepRecord

from .records import read, result_of, scenario

if TYPE_CHECKING:
    from pathlib import Path

STEPS = (
    StepRecord("Given", "a basket", "passed", 0.5, started_at=1001.0),
    StepRecord("When", "she pays", "failed", 1.0, error="402\nnot 200", error_type="PromiseBroken", trace="a.py:1"),
    StepRecord("Then", "thanks", "skipped"),
)


def put(folder: Path, name: str, content: str = "content") -> str:
    """Evidence in a file of the run's folder."""
    (folder / "evidence").mkdir(exist_ok=True)
    (folder / "evidence" / name).write_text(content)
    return f"evidence/{name}"


def content_of(folder: Path, attachment: dict[str, Any]) -> str:
    """What an attachment holds."""
    return (folder / "results" / str(attachment["source"])).read_text()


def test_steps_have_their_words_times_and_errors(tmp_path: Path) -> None:
    """Each step is there; the failed one has its message and trace; what did not run follows in time."""
    result = result_of(tmp_path, scenario(status="failed", steps=STEPS))
    assert [(each["name"], each["status"], each["start"], each["stop"]) for each in result["steps"]] == [
        ("Given a basket", "passed", 1001_000, 1001_500),
        ("When she pays", "failed", 1001_500, 1002_500),
        ("Then thanks", "skipped", 1002_500, 1002_500),
    ]
    assert result["steps"][1]["statusDetails"] == {"message": "402\nnot 200", "trace": "a.py:1"}
    assert result["statusDetails"]["message"] == "402\nnot 200"


def test_actions_nest_in_their_step_and_evidence_in_its_action(tmp_path: Path) -> None:
    """A task is a sub-step, what it calls one below it, and an exchange the last, also if only its line was kept."""
    actions = (Action("pay", 1, None, 1001.6, 0.5, "failed", "no"), Action("charge the card", 1, 0, 1001.7, 0.1))
    seen = EvidenceRecord("http.exchange", "POST charges -> 402, 31 ms", 1, 1001.75, action=1)
    result = result_of(tmp_path, scenario(status="failed", steps=STEPS, actions=actions, evidence=[seen]))
    (pay,) = result["steps"][1]["steps"]
    assert (pay["name"], pay["status"], pay["statusDetails"]) == ("pay", "failed", {"message": "no"})
    assert pay["steps"][0]["steps"][0]["name"] == "POST charges -> 402, 31 ms"
    assert "steps" not in result["steps"][0]


def test_the_picture_of_a_failure_is_on_the_step_that_failed(tmp_path: Path) -> None:
    """It comes first, though it was taken last; the bodies are those of the run's folder."""
    evidence = [
        EvidenceRecord("browser.console", "error: 500", 1, 1001.6, file=put(tmp_path, "1.txt")),
        EvidenceRecord("browser.screenshot", "url", 1, 1001.9, "image/png", put(tmp_path, "2.png", "picture")),
    ]
    result = result_of(tmp_path, scenario(status="failed", steps=STEPS, evidence=evidence))
    picture, console = result["steps"][1]["attachments"]
    assert (picture["name"], picture["type"]) == ("Screenshot", "image/png")
    assert picture["source"].endswith(".png")
    assert content_of(tmp_path, picture) == "picture"
    assert console["name"] == "Console: error: 500"


def test_an_exchange_has_the_type_that_the_viewer_knows_and_a_command(tmp_path: Path) -> None:
    """Its attachment opens as an exchange, and the curl line that repeats it stands beside it."""
    kind = "application/vnd.allure.http+json"
    seen = EvidenceRecord("http.exchange", "GET /", 0, 1001.1, kind, put(tmp_path, "1.json"), {"curl": "curl -i /"})
    result = result_of(tmp_path, scenario(status="failed", steps=STEPS, evidence=[seen]))
    exchange, curl = result["steps"][0]["steps"][0]["attachments"]
    assert (exchange["type"], exchange["source"].rpartition(".")[2]) == (kind, "httpexchange")
    assert content_of(tmp_path, curl) == "curl -i /"


def test_rows_that_a_query_read_are_a_table(tmp_path: Path) -> None:
    """The statement is an attachment, and so are the rows, the headings first."""
    data = {"rows": [{"id": 1, "state": "paid"}, {"id": 2}]}
    seen = EvidenceRecord("sql.query", "SELECT", 0, 1001.1, "application/sql", put(tmp_path, "1.sql"), data)
    result = result_of(tmp_path, scenario(steps=STEPS, evidence=[seen]))
    _, rows = result["steps"][0]["steps"][0]["attachments"]
    assert (rows["type"], content_of(tmp_path, rows)) == ("text/csv", "id,state\n1,paid\n2,\n")


def test_evidence_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    """A file that somebody has removed does not break the result."""
    seen = EvidenceRecord("browser.text", "page", 0, 1001.1, file="evidence/gone.txt")
    result = result_of(tmp_path, scenario(steps=STEPS, evidence=[seen]))
    assert "evidence/gone.txt is gone" in content_of(tmp_path, result["steps"][0]["attachments"][0])


def test_a_hook_holds_what_was_left_during_its_time(tmp_path: Path) -> None:
    """What was left outside steps goes to the hook that ran then, the inner one first, and else to the scenario."""
    hook = FixtureRecord("before_scenario", "before", "scenario", "one", started_at=1001.0, duration=1.0)
    inner = FixtureRecord("fixture: browser", "before", "scenario", "one", started_at=1001.4, duration=0.2)
    evidence = [
        EvidenceRecord("attachment", name, None, at, file=put(tmp_path, f"{name}.txt"))
        for name, at in (("hook", 1001.1), ("fixture", 1001.5), ("later", 1004.0))
    ]
    result = result_of(tmp_path, scenario(evidence=evidence), hook, inner)
    assert [each["name"] for each in result["attachments"]] == ["later"]
    (container,) = read(tmp_path / "results", "container")
    assert container["children"] == [result["uuid"]]
    assert [(each["name"], each["attachments"][0]["name"]) for each in container["befores"]] == [
        ("before_scenario", "hook"),
        ("fixture: browser", "fixture"),
    ]


def test_hooks_of_features_stand_around_all_their_scenarios(tmp_path: Path) -> None:
    """A container holds them with their evidence, for the scenarios of that file and no others."""
    kept = EvidenceRecord("attachment", "seed", None, 1000.5, file=put(tmp_path, "s.txt"))
    hook = FixtureRecord(
        "after_feature", "after", "feature", "features/ordering/paying.feature", started_at=1009.0, evidence=[kept]
    )
    other = FixtureRecord("before_feature", "before", "feature", "features/other.feature", started_at=1000.0)
    result = result_of(tmp_path, scenario(), hook, other)
    told = {each["name"]: each for each in read(tmp_path / "results", "container")}
    assert told["features/ordering/paying.feature"]["children"] == [result["uuid"]]
    assert told["features/ordering/paying.feature"]["afters"][0]["attachments"][0]["name"] == "seed"
    assert told["features/other.feature"]["children"] == []


def test_the_failure_of_a_clean_up_is_told_with_its_words_and_place(tmp_path: Path) -> None:
    """A scenario that is broken by its clean-up has that error for its message, once."""
    failed = FixtureRecord(
        "clean-up: close", "after", "scenario", "one", status="broken", started_at=1002.0, error="boom",
        error_type="RuntimeError", trace="environment.py:9 in close: boom()",
    )  # fmt: skip
    result = result_of(tmp_path, scenario(status="cleanup_error"), failed)
    assert result["statusDetails"]["message"] == "clean-up: close: RuntimeError: boom"
    assert "environment.py:9" in result["statusDetails"]["trace"]


def test_texts_and_tables_are_attachments(tmp_path: Path) -> None:
    """A doc string is text and a table is CSV, on their step."""
    step = StepRecord("Given", "a", "passed", doc="a,b", table=(("name", "price"), ("tea, green", "4")))
    text, table = result_of(tmp_path, scenario(steps=[step]))["steps"][0]["attachments"]
    assert (text["type"], content_of(tmp_path, text)) == ("text/plain", "a,b")
    assert (table["type"], content_of(tmp_path, table)) == ("text/csv", 'name,price\n"tea, green",4\n')


def test_hostile_text_leaves_a_readable_result(tmp_path: Path) -> None:
    """Control characters, half characters and HTML come back as they were, in valid JSON."""
    words = "<script>\x00\ud800\u2028</script>"
    result = result_of(tmp_path, scenario(words, "failed", steps=[StepRecord("When", words, "failed", error=words)]))
    assert result["name"].startswith("<script>\x00")
    assert json.dumps(result)
