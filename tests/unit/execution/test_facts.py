"""What behave knows of a scenario, as lines of the record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from behave.model_type import Status
from behave.parser import parse_feature

from support.core import RunIdentity, ScenarioIdentity
from support.execution import amend, plan_of, scenario_id, scenario_record, scenario_started
from support.record import RecordWriter, RunStarted, read_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from behave.model import Feature, Scenario, Step

    from support.record import ScenarioRecord

TEXT = """
Feature: F
  Rule: R
    Scenario: one
      Given a
      When b secret
    Scenario: two
      Given a
"""


@pytest.fixture
def feature() -> Feature:
    """A parsed feature with two scenarios in a rule."""
    return parse_feature(TEXT, filename="features/f.feature")


class _Everything:
    """A configuration that selects everything."""

    name = None

    class tag_expression:  # noqa: N801 - behave's name
        """Matches any tags."""

        check = staticmethod(lambda _tags: True)


@pytest.fixture
def record(feature: Feature, tmp_path: Path) -> Iterator[RecordWriter]:
    """A record that plans the feature's scenarios and keeps "secret" out of amendments."""
    writer = RecordWriter(tmp_path / "record.jsonl", clean=lambda text: text.replace("secret", "***"))
    writer.write(RunStarted("r1", 7, 1.0, plan_of([feature], _Everything())))
    yield writer
    writer.close()


def identity_of(scenario: Scenario) -> ScenarioIdentity:
    """The identity of a scenario in the run r1."""
    return ScenarioIdentity(RunIdentity("r1", 7), scenario_id(scenario))


def _raise(error: Exception) -> None:
    raise error


def fail(step: Step, error: Exception, status: Status = Status.failed) -> None:
    """Do to a step what behave does when it fails."""
    try:
        _raise(error)
    except type(error) as raised:
        step.store_exception_context(raised)
    step.status = status


def ended(scenario: Scenario, **more: object) -> ScenarioRecord:
    """The record of a scenario."""
    return scenario_record(scenario, identity_of(scenario), started_at=1.0, duration=2.0, **more)  # type: ignore[arg-type]


def statuses(feature: Feature, *each: Status) -> None:
    """Set the status of all steps, in order."""
    for step, status in zip((s for one in feature.walk_scenarios() for s in one.steps), each, strict=True):
        step.status = status


def test_a_record_says_who_where_and_how(feature: Feature) -> None:
    """Identity, place, rule and steps are behave's, translated."""
    statuses(feature, Status.passed, Status.passed, Status.passed)
    one = feature.walk_scenarios()[0]
    record, started = ended(one), scenario_started(one, identity_of(one), 1.0)
    assert (record.scenario_id, record.trace_id) == (started.scenario_id, identity_of(one).trace_id)
    assert (record.feature, record.rule, record.name, record.verdict) == ("F", "R", "one", "passed")
    assert (record.feature_file, record.line, record.duration) == ("features/f.feature", 4, 2.0)
    assert [(each.keyword, each.text, each.line) for each in record.steps] == [
        ("Given", "a", 5),
        ("When", "b secret", 6),
    ]


def test_the_reason_is_the_first_line_of_the_step_that_failed(feature: Feature) -> None:
    """One line says why; the step has the whole message and the type."""
    one = feature.walk_scenarios()[0]
    one.steps[0].status = Status.passed
    fail(one.steps[1], AssertionError("expected 1\nfound 2"))
    record = ended(one)
    assert (record.verdict, record.reason) == ("failed", "When b secret: expected 1")
    assert (record.steps[1].error, record.steps[1].error_type) == ("expected 1\nfound 2", "AssertionError")
    assert record.steps[1].trace.startswith("tests/unit/execution/test_facts.py:")


def test_nothing_secret_gets_in(feature: Feature) -> None:
    """Every text passes the cleaning that is handed in."""
    one = feature.walk_scenarios()[0]
    one.steps[0].status = Status.passed
    fail(one.steps[1], RuntimeError("secret"), Status.error)
    assert "secret" not in repr(ended(one, clean=lambda text: text.replace("secret", "***")))


SECRETS = """
@owner:secret1
Feature: F secret2
  Rule: R secret3
    Scenario Outline: N secret4 <cell secret5>
      Given a
      Examples: secret6
        | cell secret5 |
        | secret7      |
"""


def test_nothing_secret_gets_in_by_names_and_tags() -> None:
    """Names around the scenario, tags, headings and cells, and the line that repeats it; also of what only begins."""
    (one,) = parse_feature(SECRETS, filename="features/f.feature").walk_scenarios()

    def clean(text: str) -> str:
        return text.replace("secret", "***")

    record = ended(one, rerun="behave -D token=secret", clean=clean)
    started = scenario_started(one, identity_of(one), 1.0, clean)
    assert "secret" not in repr(record) + repr(started)
    assert (record.feature, record.rule, record.name) == (started.feature, started.rule, started.name)
    assert (record.feature, record.rule, record.rerun) == ("F ***2", "R ***3", "behave -D token=***")
    assert (record.tags, record.row) == (("owner:***1",), {"cell ***5": "***7"})


@pytest.mark.parametrize(("step", "status"), [(Status.passed, "hook_error"), (Status.failed, "failed")])
def test_trouble_while_closing_is_ours_unless_the_product_had_failed(
    feature: Feature, step: Status, status: str
) -> None:
    """A world that does not close makes green yellow and leaves red red; it is told either way."""
    statuses(feature, Status.passed, step, Status.passed)
    record = ended(feature.walk_scenarios()[0], trouble=RuntimeError("The browser did not close."))
    assert (record.status, record.reason.endswith("The browser did not close.")) == (status, True)
    assert record.afterwards == ("The browser did not close." if status == "failed" else "")


def test_a_clean_up_that_fails_later_does_not_tell_the_step_again(feature: Feature, record: RecordWriter) -> None:
    """What the record says stands there; behave has no word of the clean-up, so none is put into its mouth."""
    one = feature.walk_scenarios()[0]
    one.steps[0].status = Status.passed
    fail(one.steps[1], AssertionError("found 2"))
    record.write(ended(one))
    one.set_status(Status.cleanup_error)
    amend(record, [feature])
    assert json.loads(record.path.read_text().splitlines()[-1])["reason"] == ""
    assert read_record(record.path).outcomes[0].reason.startswith("When b secret: found 2; It ended as cleanup_error")


def test_amending_twice_does_no_harm(feature: Feature, record: RecordWriter) -> None:
    """A hook may amend a feature, and the runner the run."""
    statuses(feature, Status.passed, Status.passed, Status.passed)
    one, two = feature.walk_scenarios()
    record.write(ended(one))
    record.write(ended(two))
    two.set_status(Status.cleanup_error)
    amend(record, [feature])
    size = record.path.stat().st_size
    amend(record, [feature])
    assert record.path.stat().st_size == size
    assert [each.verdict for each in read_record(record.path).outcomes] == ["passed", "broken"]


def test_a_scenario_that_our_hook_broke_stays_broken(feature: Feature, record: RecordWriter) -> None:
    """Behave's green does not overwrite what the record knows better."""
    statuses(feature, Status.passed, Status.passed, Status.passed)
    one = feature.walk_scenarios()[0]
    record.write(ended(one, trouble=RuntimeError("leak")))
    amend(record, [feature])
    assert read_record(record.path).outcomes[0].verdict == "broken"


def test_a_failing_rule_is_blamed_on_what_did_not_run(feature: Feature, record: RecordWriter) -> None:
    """If a rule's hook fails before its scenarios, all of them are broken by it, without its secrets."""
    rule = feature.rules[0]
    rule.hook_failed, rule.error_message = True, "HOOK-ERROR in before_rule: secret"
    amend(record, [feature], "Not started.")
    outcomes = read_record(record.path).outcomes
    assert [(each.status, each.reason) for each in outcomes] == [("hook_error", "HOOK-ERROR in before_rule: ***")] * 2


def test_the_reason_for_not_starting_is_told(feature: Feature, record: RecordWriter) -> None:
    """What nothing has happened to is not run, with the reason that the runner gives."""
    amend(record, [feature], "Not started.")
    assert {(each.verdict, each.reason) for each in read_record(record.path).outcomes} == {("not run", "Not started.")}
