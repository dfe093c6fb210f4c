"""What a suite says through allure's functions, and what its hooks and clean-ups do, wherever it is said and done."""

# ruff: noqa: ANN401 - behave has no types

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import allure
import pytest
from behave import fixture, use_fixture
from behave.configuration import Configuration
from behave.model import Step
from behave.parser import parse_feature
from behave.runner import Context, ModelRunner
from behave.step_registry import StepRegistry

from support.core import Evidence, Exhibit, Redactor, RunIdentity, ScenarioIdentity
from support.execution import scenario_id
from support.record import FixtureRecord, summaries
from support.reporting.allure import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from behave.model import Feature

TEXT = """
@shop
Feature: F
  Rule: R
    Scenario Outline: pays <much>
      Given it runs
      Examples:
        | much |
        | 4    |
"""
dynamic: Any = allure.dynamic  # it has no types
PATCHED = [(ModelRunner, "run_hook"), (ModelRunner, "teardown_capture"), (Context, "_do_cleanups"), (Step, "run")]


class Suite:
    """A suite in memory: `hooks` by name, and what a collector hears of it."""

    def __init__(self) -> None:
        self.heard: list[FixtureRecord] = []
        self.hooks: dict[str, Callable[..., None]] = {"before_scenario": self._enter}
        self.evidence = Evidence(Redactor(["pin"]), lambda: 0)
        self.step: Callable[[Any], None] = lambda _context: None
        self.marks: dict[str, Any] = {}
        self.collector = Collector(self.heard.append, Redactor(["pin"]), lambda all_of, _into: summaries(all_of))

    def run(self) -> Feature:
        """Run it with behave, listening."""
        registry = StepRegistry()
        registry.add_step_definition("given", "it runs", self._run_step)
        feature = parse_feature(TEXT, filename="features/f.feature")
        runner = ModelRunner(
            Configuration(["--no-capture", "--no-capture-hooks"], load_config=False), [feature], registry
        )
        runner.hooks = {"after_scenario": self._leave, **self.hooks}
        self.collector.install()
        try:
            runner.run()
        finally:
            self.collector.remove()
        return feature

    def fixture(self, name: str) -> FixtureRecord:
        """What was heard under a name, once."""
        (found,) = [each for each in self.heard if each.name == name]
        return found

    def _run_step(self, context: Any) -> None:
        self.step(context)

    def _enter(self, _context: Any, scenario: Any) -> None:
        identity = ScenarioIdentity(RunIdentity("r", 1), scenario_id(scenario))
        self.collector.enter(identity.scenario_id, identity.attempt, self.evidence)

    def _leave(self, _context: Any, _scenario: Any) -> None:
        self.marks = self.collector.leave()


@pytest.fixture
def suite() -> Iterator[Suite]:
    """A suite that has one scenario; whatever happens, behave is left as it was."""
    before = [getattr(owner, name) for owner, name in PATCHED]
    suite = Suite()
    yield suite
    assert [getattr(owner, name) for owner, name in PATCHED] == before


def test_attachments_and_steps_of_allure_are_evidence(suite: Suite) -> None:
    """`allure.attach` is an exhibit and `allure.step` an action, the one in the other, without secrets."""

    def step(_context: Any) -> None:
        with allure.step("pay"):
            allure.attach('{"pin": "1234"}', "sent", allure.attachment_type.JSON)

    suite.step = step
    suite.run()
    (exhibit,), (action,) = suite.evidence.all(), suite.evidence.actions()
    assert (exhibit.kind, exhibit.summary, exhibit.media_type) == ("attachment", "sent", "application/json")
    assert (exhibit.action, exhibit.step, action.title) == (0, 0, "pay")
    assert "1234" not in str(exhibit.body)


def test_no_secret_comes_in_by_another_way(suite: Suite) -> None:
    """Bytes that are text are read for secrets, and so is what a scenario says of itself."""

    def step(_context: Any) -> None:
        allure.attach(b'{"pin": "1234"}', "sent", allure.attachment_type.JSON)
        dynamic.parameter("call", "pin=1234")

    suite.step = step
    suite.run()
    assert "1234" not in str(suite.evidence.all()[0].body)
    assert "1234" not in str(suite.marks)


def test_a_step_of_allure_that_fails_says_so(suite: Suite) -> None:
    """The action is red for an assertion and yellow else, and the error passes through."""

    def step(_context: Any) -> None:
        with allure.step("look"):
            pytest.fail("no", pytrace=False)

    suite.step = step
    with pytest.raises(pytest.fail.Exception):
        suite.run()
    assert (suite.evidence.actions()[0].status, suite.evidence.actions()[0].error) == ("broken", "no")


def test_what_is_said_of_a_scenario_adds_up_from_run_to_step(suite: Suite) -> None:
    """Marks of hooks around a scenario are its too; its own come last; and an outline is known by its name."""
    suite.hooks["before_all"] = lambda _context: dynamic.label("team", "a")
    suite.hooks["before_feature"] = lambda _context, _feature: dynamic.title("feature's")
    suite.step = lambda _context: dynamic.title("own")
    suite.run()
    assert suite.marks == {"labels": [["team", "a"]], "title": "own", "outline": "pays <much>"}


def test_hooks_are_heard_with_what_they_leave(suite: Suite) -> None:
    """`allure.attach` works in before_all; each hook says to what it belongs."""
    suite.hooks["before_all"] = lambda _context: allure.attach("text", "in all")
    suite.hooks["before_rule"] = lambda _context, _rule: None
    feature = suite.run()
    assert [each.summary for each in suite.fixture("before_all").evidence] == ["in all"]
    assert (suite.fixture("before_rule").scope, suite.fixture("before_rule").of) == ("rule", "features/f.feature#R")
    scenario = feature.walk_scenarios()[0]
    assert suite.fixture("before_scenario").of == scenario_id(scenario)


def test_a_hook_that_fails_is_heard_with_its_error(suite: Suite) -> None:
    """Type, message and the user's frames are kept, and behave still calls the feature broken."""

    def hook(_context: Any, _feature: Any) -> None:
        raise RuntimeError("boom")  # noqa: EM101 - as a suite would

    suite.hooks["before_feature"] = hook
    assert suite.run().status.name == "hook_error"
    heard = suite.fixture("before_feature")
    assert (heard.status, heard.error_type, heard.error) == ("broken", "RuntimeError", "boom")
    assert heard.trace.startswith("tests/unit/reporting/allure/test_collector.py:")
    assert "_watch" not in heard.trace


def test_clean_ups_are_heard_by_the_name_of_their_function(suite: Suite) -> None:
    """Those with arguments and the ends of fixtures too; one that fails says what behave only prints."""

    @fixture  # type: ignore[untyped-decorator]
    def basket(_context: Any) -> Iterator[None]:
        allure.attach("x", "filled")
        yield
        raise ValueError("left")  # noqa: EM101 - as a suite would

    def step(context: Any) -> None:
        context.add_cleanup(print, "", end="")
        use_fixture(basket, context)

    suite.step = step
    feature = suite.run()
    assert suite.fixture("clean-up: print").status == "passed"
    broken = next(each for each in suite.heard if each.name.startswith("clean-up") and each.status != "passed")
    assert (broken.name.endswith("basket"), broken.error, broken.when) == (True, "left", "after")
    assert feature.walk_scenarios()[0].status.name == "cleanup_error"


def test_after_the_run_is_closed_nothing_is_told(suite: Suite) -> None:
    """A hook that closes the run in which it runs ends after the record: neither it nor what it says goes there."""

    def close(_context: Any) -> None:
        allure.attach("x", "first")
        suite.collector.remove()
        suite.heard.clear()
        suite.collector.error_of_run("late", "")
        suite.collector.keep_for_run(Exhibit("attachment", "late", "x"))

    suite.hooks["after_all"] = close
    suite.run()
    assert not suite.heard
    suite.hooks["after_all"] = lambda _context: None
    suite.run()
    assert suite.fixture("after_all").status == "passed"


def test_hooks_of_tags_and_steps_are_heard_only_if_they_matter(suite: Suite) -> None:
    """A hook that ran for every tag and step would bury the rest; one that left something is told."""
    suite.hooks["before_step"] = lambda _context, _step: None
    suite.hooks["before_tag"] = lambda _context, tag: allure.attach("x", tag)
    suite.run()
    assert not [each for each in suite.heard if each.scope == "step"]
    assert (suite.fixture("before_tag @shop").scope, suite.fixture("before_tag @shop").of) == (
        "tag",
        "features/f.feature",
    )


def test_what_concerns_the_whole_run_is_heard_as_such(suite: Suite) -> None:
    """Global attachments and errors of allure belong to nobody's scenario."""
    suite.hooks["before_all"] = lambda _context: allure.global_attach("x", "everywhere")
    suite.step = lambda _context: allure.global_error("disk is full")
    suite.run()
    found = [(each.name, each.status, each.error) for each in suite.heard if each.scope == "global"]
    assert found == [("everywhere", "passed", ""), ("error", "broken", "disk is full")]


def test_steps_that_a_step_executes_are_actions(suite: Suite) -> None:
    """`execute_steps` shows what it did, and which of them failed."""
    once = iter([True])

    def step(context: Any) -> None:
        if not next(once, False):
            raise AssertionError(1)
        context.execute_steps("Given it runs")

    suite.step = step
    suite.run()
    (action,) = suite.evidence.actions()
    assert (action.title, action.status, action.error) == ("Given it runs", "failed", "1")
