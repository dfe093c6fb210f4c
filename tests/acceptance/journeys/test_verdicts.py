from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from support.core import Evidence, Redactor, RunIdentity, ScenarioIdentity
from support.storefront.people import person
from support.world import Stage, World
from tests.acceptance.journeys.conftest import Suite

if TYPE_CHECKING:
    from support.record import RunStarted, ScenarioRecord
    from support.system import SystemClient

RED_AND_YELLOW = "tests/acceptance/journeys/red_and_yellow.feature"


@pytest.fixture(scope="module")
def outcome(system: object, tmp_path_factory: pytest.TempPathFactory) -> Suite:  # noqa: ARG001 - it has to be up
    """A run of scenarios none of which may pass."""
    suite = Suite(tmp_path_factory.mktemp("reports"))
    result = suite.behave(RED_AND_YELLOW)
    assert result.returncode == 1, result.stdout + result.stderr
    (suite.reports / "console.txt").write_text(result.stdout + result.stderr)
    return suite


@pytest.mark.parametrize(
    ("name", "verdict", "told"),
    [
        ("A promise that is not on the page", "failed", "£4.50"),
        ("A control that never appears", "failed", "Quantity of Earl Grey"),
        ("A promise that is not in the answer", "failed", "expected a refusal"),
        ("A step that nobody has prepared", "broken", "No step has noted the channel that somebody used"),
        ("A sentence that nobody has written", "broken", "No step definition matches"),
    ],
)
def test_red_is_the_product_and_yellow_is_everything_else(outcome: Suite, name: str, verdict: str, told: str) -> None:
    """A control that never appears is red although the browser calls it a time-out; our own mistakes are yellow."""
    scenario = next(each for each in outcome.record().scenarios if each.name == name)
    assert scenario.verdict == verdict, scenario.reason
    assert told in scenario.reason


def test_a_failure_keeps_what_the_customer_saw(outcome: Suite) -> None:
    """The picture of the page at the moment of failure lies beside the record, on the step that failed."""
    scenario = next(each for each in outcome.record().scenarios if each.name == "A promise that is not on the page")
    pictures = [each for each in scenario.evidence if each.kind == "browser.screenshot"]
    assert [each.step for each in pictures] == [1]
    assert pictures[0].file is not None
    picture = (outcome.reports / "latest" / pictures[0].file).read_bytes()
    assert picture.startswith(b"\x89PNG")


def test_what_a_task_does_stands_under_its_step(outcome: Suite) -> None:
    """Record and Allure result tell a step's actions by their titles, each with its exchange, status and time."""
    name = "A promise that is not in the answer"
    scenario = next(each for each in outcome.record().scenarios if each.name == name)
    assert [(each.title, each.step, each.parent) for each in scenario.actions] == [
        ("register", 0, None), (f"open the shop {scenario_shop(scenario)}", 0, 0), ("sign in", 0, None),
    ]  # fmt: skip
    results = map(json.loads, map(Path.read_text, (outcome.reports / "latest" / "results").glob("*-result.json")))
    step = next(each for each in results if each["name"] == name)["steps"][0]
    assert [each["name"] for each in step["steps"]] == ["register", "sign in"]
    exchanges = [each["steps"][-1]["name"] for each in step["steps"]]
    for found, path in zip(exchanges, ("customers", "sessions"), strict=True):
        assert re.fullmatch(rf"POST /accounts/v1/shops/[^/]+/{path} -> 201, \d+ ms", found), found


def scenario_shop(scenario: ScenarioRecord) -> str:
    """The key of the shop that a scenario has opened, read from the exchange that opened it."""
    opened = next(each for each in scenario.evidence if each.summary.startswith("PUT /accounts/v1/shops/"))
    return opened.summary.removeprefix("PUT /accounts/v1/shops/").split(maxsplit=1)[0]


def password_of(run: RunStarted, scenario: ScenarioRecord) -> str:
    """The password that Ada has in a scenario, drawn again from its seed."""
    identity = ScenarioIdentity(RunIdentity(run.run_id, run.seed), scenario.scenario_id)
    stage = cast("Stage", None)  # nothing is touched
    return person(World(identity, stage, Evidence(Redactor())), "Ada").password


def test_no_password_and_no_token_lies_in_the_reports(outcome: Suite, system: SystemClient) -> None:
    """What was typed as a password, and the operator's key, are nowhere in the run's folder or on the console."""
    texts = [path.read_bytes() for path in outcome.reports.rglob("*") if path.is_file() and path.suffix != ".png"]
    joined = b"\n".join(texts)
    run = outcome.record().started
    secrets = [system.secrets["operator_key"], *map(password_of, [run] * 5, outcome.record().scenarios)]
    assert b"[redacted]" in joined
    assert [secret for secret in secrets if secret.encode() in joined] == []
    assert re.search(rb'password\\*": *\\*"(\[redacted\]|__ALLURE_REDACTED__)', joined)
    token = re.search(rb'"token": ?"(?!\[redacted\])', joined)
    assert token is None, joined[token.start() - 200 : token.end() + 100]
    assert b"@" + outcome.record().started.run_id.encode() not in joined, "an e-mail address is in the reports"
