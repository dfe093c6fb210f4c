"""What a scenario has left is told of it also when its worker was killed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from support.record import ScenarioRecord
    from tests.acceptance.execution.ours import OurSuite

STEPS = """
import os, signal
import allure
from behave import step

@step("the shop is asked")
def asked(context):
    context.world.http("front").get("/?q=late-canary-code")

@step("somebody pays {price}")
def pays(context, price):
    with context.world.action(f"charge {price}"):
        allure.attach(f"{price} paid", "receipt", allure.attachment_type.TEXT)

@step("it {how} in attempt {attempt:d}")
def ends(context, how, attempt):
    context.config.run_scope.redactor.add("late-canary-code")
    if context.world.identity.attempt == attempt:
        with context.world.action("ship the goods"):
            if how == "dies":
                os.kill(os.getpid(), signal.SIGKILL)
            raise AssertionError("it is wrong")
"""
FEATURE = """
Feature: Shop
  Scenario: other
    Given somebody pays 1 EUR
  Scenario: shop
    Given it {first}
    When the shop is asked
    And somebody pays 3 EUR
    And it {last}
    Given all is well
"""


def shop(ours: OurSuite, first: str, last: str, *words: str) -> dict[int, ScenarioRecord]:
    """The attempts at a scenario that goes wrong in its first or last step."""
    (ours.folder / "steps/dying.py").write_text(STEPS)
    (ours.folder / "features/a.feature").write_text(FEATURE.format(first=first, last=last))
    done = ours.behave("-D", "jobs=2", *words)
    found = {each.attempt: each for each in ours.record.scenarios if each.name == "shop"}
    assert found, done.stdout + done.stderr
    return found


def told(scenario: ScenarioRecord) -> set[tuple[str, int | None]]:
    """Of which kind its exhibits are, and of which step."""
    return {(each.kind, each.step) for each in scenario.evidence}


def nested(result: dict[str, Any], depth: int = 0) -> list[tuple[int, str]]:
    """The steps of a result, each with its depth."""
    found = []
    for each in result.get("steps", ()):
        found += [(depth, each["name"]), *nested(each, depth + 1)]
    return found


def test_exhibits_and_actions_of_the_steps_before_are_told(ours: OurSuite) -> None:
    """In the record with their files, and in Allure's result under their steps, without a secret that came up later."""
    found = shop(ours, "fails in attempt 9", "dies in attempt 1")[1]
    assert [each.status for each in found.steps] == ["passed", "passed", "passed", "error", "skipped"]
    assert told(found) >= {("http.exchange", 1), ("attachment", 2), ("environment", 3)}
    assert [(each.title, each.status, each.step) for each in found.actions] == [
        ("charge 3 EUR", "passed", 2),
        ("ship the goods", "broken", 3),
    ]
    folder = ours.folder / "reports" / "latest"
    kept = {each.kind: (folder / each.file).read_text() for each in found.evidence if each.file}
    assert "3 EUR paid" in kept["attachment"]
    assert "late-canary" not in "".join(kept.values()) + (folder / "record.jsonl").read_text()
    results = [json.loads(file.read_text()) for file in (folder / "results").glob("*-result.json")]
    steps = [(depth, name.partition(",")[0]) for depth, name in nested(next(e for e in results if e["name"] == "shop"))]
    assert steps == [
        (0, "Given it fails in attempt 9"),
        (0, "When the shop is asked"),
        (1, "GET /?q=[redacted] -> 200"),
        (0, "And somebody pays 3 EUR"),
        (1, "charge 3 EUR"),
        (0, "And it dies in attempt 1"),
        (1, "ship the goods"),
        (0, "Given all is well"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "exchanges"),
    [("dies in attempt 2", "fails in attempt 1", [1, 0]), ("dies in attempt 1", "fails in attempt 2", [0, 1])],
)
def test_an_attempt_is_told_by_its_own_evidence(ours: OurSuite, first: str, last: str, exchanges: list[int]) -> None:
    """What another has left is not shown on the one that died, also in the same worker."""
    found = shop(ours, first, last, "-D", "jobs=1", "-D", "retries=1")
    assert [found[attempt].verdict for attempt in (1, 2)] == ["failed", "broken"][:: 1 if exchanges[0] else -1]
    asked = [[each.kind for each in found[attempt].evidence].count("http.exchange") for attempt in (1, 2)]
    assert asked == exchanges


def test_who_dies_before_a_scenario_opens_leaves_nothing_of_another(ours: OurSuite) -> None:
    """What its worker has left in the scenario before is that one's."""
    environment = ours.folder / "environment.py"
    head = "def before_scenario(context, scenario):\n"
    dying = f"{head}    if scenario.name == 'shop': os.kill(os.getpid(), 9)\n"
    environment.write_text("import os\n" + environment.read_text().replace(head, dying))
    found = shop(ours, "fails in attempt 1", "fails in attempt 1", "-D", "jobs=1", "-D", "retries=1")
    assert (found[1].verdict, told(found[1])) == ("broken", {("environment", None)})


def test_a_failure_whose_worker_dies_in_a_later_hook_stays_red(ours: OurSuite) -> None:
    """Its reason is the step's, what the process died of comes afterwards, and its evidence is there once."""
    environment = ours.folder / "environment.py"
    dying = (
        "def after_step(context, step):\n    if step.status == 'failed': context.add_cleanup(os.kill, os.getpid(), 9)\n"
    )
    environment.write_text("import os\n" + environment.read_text() + dying)
    found = shop(ours, "fails in attempt 9", "fails in attempt 1")[1]
    assert (found.verdict, found.reason) == (
        "failed",
        "And it fails in attempt 1: it is wrong; The process that ran this scenario was killed by SIGKILL.",
    )
    assert found.afterwards == "The process that ran this scenario was killed by SIGKILL."
    assert found.steps[3].error_type == "AssertionError"
    assert sorted(each.kind for each in found.evidence) == ["attachment", "environment", "http.exchange"]


def test_who_dies_right_after_a_failure_has_its_evidence_once(ours: OurSuite) -> None:
    """It stays red, and what was captured at the failure is not captured again."""
    environment = ours.folder / "environment.py"
    dying = "def after_step(context, step):\n    if step.status == 'failed': os.kill(os.getpid(), 9)\n"
    environment.write_text("import os\n" + environment.read_text() + dying)
    found = shop(ours, "fails in attempt 9", "fails in attempt 1")[1]
    assert (found.verdict, found.steps[3].error_type) == ("failed", "AssertionError")
    assert found.afterwards == "The process that ran this scenario was killed by SIGKILL."
    assert sorted(each.kind for each in found.evidence) == ["attachment", "environment", "http.exchange"]
