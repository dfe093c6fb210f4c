"""Hostile content breaks neither the record nor the evidence, and costs no more than other content of its length."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.record import read_record

from .conftest import Suite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from support.record import ScenarioRecord

HOSTILE = ("script", "controls", "binary", "invalid-text", "quotes")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, ScenarioRecord]:
    """What one run made of all hostile answers, each of them in a scenario."""
    suite = Suite(tmp_path_factory.mktemp("hostile"))
    first, last = "When the system answers with 100000 bytes of", "Then it fails"
    suite.scenarios({what: [f"{first} {what}", f"And the page shows {what}", last] for what in HOSTILE})
    suite.behave("-f", "plain", "--no-color")
    return suite.outcomes()


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_answers_are_kept_and_told(outcomes: Mapping[str, ScenarioRecord], what: str) -> None:
    """The scenario fails for its own reason, on its own step, and what was seen is in the record."""
    outcome = outcomes[what]
    assert [step.status for step in outcome.steps] == ["passed", "passed", "failed"], outcome.reason
    assert outcome.verdict == "failed"
    assert outcome.steps[2].error == "as expected"
    assert {"http.exchange", "browser.screenshot"} <= {each.kind for each in outcome.evidence}


def test_a_step_that_does_hostile_things_is_told(suite: Suite) -> None:
    """Control characters, lone surrogates and scripts in kinds, names, bodies, messages: every line is JSON."""
    suite.scenario("When a step does hostile things")
    result = suite.behave("-f", "plain", "--no-color")
    lines = (suite.folder / "reports" / "latest" / "record.jsonl").read_bytes().decode("utf-8").splitlines()
    assert all(json.loads(line) for line in lines if line.strip())
    (outcome,) = read_record(suite.folder / "reports" / "latest" / "record.jsonl").outcomes
    assert outcome.verdict == "failed", result.stdout + result.stderr
    assert "<script>" in outcome.steps[0].error


def test_fifty_megabytes_are_no_trouble(suite: Suite) -> None:
    """They are bounded on the way into the evidence: the folder holds kilobytes."""
    bodies = ("letters", "quotes", "nothing", "controls")
    steps = [f"When the system answers with 50000000 bytes of {what}" for what in bodies]
    suite.scenario(*steps, "Then it fails")
    suite.behave()
    (outcome,) = read_record(suite.folder / "reports" / "latest" / "record.jsonl").outcomes
    assert [step.status for step in outcome.steps] == ["passed"] * 4 + ["failed"]
    kept = [path.stat().st_size for path in (suite.folder / "reports/latest/evidence").rglob("*") if path.is_file()]
    assert sum(kept) < 5_000_000
