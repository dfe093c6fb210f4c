"""The truth table as data: what happens, what behave says of the scenario in the end, and what a result must say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .features import feature, rule, scenario

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Row:
    """One row; `behave` and `ours` have a status for each scenario of that title, of retried ones for each attempt.

    `says` is part of what the last red or yellow result must tell; `run` names the run in which it happens.
    """

    about: str
    title: str
    behave: str
    ours: str
    says: str = ""
    run: str = "everything"

    def __str__(self) -> str:
        return self.about


RULES: Final = (
    Row("passes in a Rule", "passes in a rule", "passed", "passed"),
    Row("fails in a Rule", "fails in a rule", "failed", "failed", "expected 18.00, found 20.00"),
    Row("passes in a Rule, step with a table", "passes in a rule with a table", "passed", "passed", run="arguments"),
    Row(
        "fails in a Rule, step with a table",
        "fails in a rule with a table",
        "failed",
        "failed",
        "found <Table",
        run="arguments",
    ),
    Row(
        "passes in a Rule, step with a doc string",
        "passes in a rule with a doc string",
        "passed",
        "passed",
        run="arguments",
    ),
    Row(
        "fails in a Rule, step with a doc string",
        "fails in a rule with a doc string",
        "failed",
        "failed",
        "Tea, please",
        run="arguments",
    ),
    Row("outline in a Rule: one row passes, one fails", "a row in a rule", "passed, failed", "passed, failed", "21.00"),
    Row("fails in the Background of a Rule", "fails in the background of a rule", "error", "broken", "out of paper"),
)

STEPS: Final = (
    Row("passes", "passes", "passed", "passed"),
    Row("fails", "fails", "failed", "failed", "expected 18.00, found 20.00"),
    Row("AssertionError without a message", "fails without a word", "failed", "failed", "AssertionError"),
    Row("exception that is no AssertionError", "raises what is no AssertionError", "error", "broken", "out of paper"),
    Row("undefined step", "says what nobody has defined", "error", "broken", "all are well"),
    Row(
        "undefined step after a failed one",
        "says what nobody has defined, after a failure",
        "failed",
        "failed",
        "expected 18.00, found 20.00",
    ),
    Row("pending step (StepNotImplementedError)", "is not implemented", "error", "broken", "nobody has written it"),
    Row("pending step (PendingStepError)", "is pending", "error", "broken", "somebody writes it"),
    Row("pending step in a scenario tagged @wip", "is pending and in work", "passed", "passed"),
    Row("step inside a step (execute_steps) fails", "fails in a step of a step", "failed", "failed", "found 20.00"),
    Row("goes on after a failed step", "goes on after a failure", "failed", "failed", "expected 18.00"),
    Row("retried, passes at the third try", "passes at the third try", "passed", "failed, failed, passed"),
    Row("retried, fails at every try", "fails at every try", "failed", "failed, failed, failed", "found 20.00"),
    Row("xfailed (a hook sets the status)", "fails as expected", "xfailed", "passed", run="expected"),
    Row("xpassed (a hook sets the status)", "passes against expectation", "xpassed", "passed", run="expected"),
    Row("skipped by a tag", "is excluded by a tag", "skipped", "skipped"),
    Row("skipped by before_scenario", "is skipped by a hook", "skipped", "skipped", "nobody works on Sundays"),
    Row("skipped by before_feature", "in a skipped feature", "skipped", "skipped", "the shop is closed"),
    Row("skipped by before_rule", "in a skipped rule", "skipped", "skipped", "the counter is closed"),
    Row("skipped by a step", "is skipped by a step", "skipped", "skipped", "there is no stock"),
    Row(
        "fails, then after_scenario calls skip()", "fails and is skipped afterwards", "failed", "failed", "found 20.00"
    ),
    Row("has no steps", "has no steps", "passed", "passed"),
    Row("outline: one row passes, one fails", "costs what it costs", "passed, failed", "passed, failed", "found 19.00"),
)

HOOKS: Final = (
    Row("before_feature raises", "behind before_feature", "untested", "broken", "before_feature is out of order"),
    Row("before_rule raises", "behind before_rule", "untested", "broken", "before_rule is out of order"),
    Row("before_tag of a feature raises", "behind before_tag of the feature", "untested", "broken", "before_tag of"),
    Row("before_tag of a rule raises", "behind before_tag of the rule", "untested", "broken", "before_tag of the rule"),
    Row("before_tag of a scenario raises", "behind its before_tag", "hook_error", "broken", "before_tag of the scen"),
    Row("before_scenario raises", "behind before_scenario", "hook_error", "broken", "before_scenario is out of order"),
    Row("before_step raises", "behind before_step", "error", "broken", "before_step is out of order"),
    Row("after_step raises", "before after_step", "error", "broken", "after_step is out of order"),
    Row("after_step raises after a failed step", "fails before after_step", "error", "broken", "out of order"),
    Row("after_scenario raises", "before after_scenario", "hook_error", "broken", "after_scenario is out of order"),
    Row(
        "after_scenario raises after a failed step",
        "fails before after_scenario",
        "hook_error",
        "broken",
        "expected 18.00, found 20.00",
    ),
    Row("after_tag of a scenario raises", "before its after_tag", "hook_error", "broken", "after_tag of the scenario"),
    Row("after_rule raises", "before after_rule", "passed", "broken", "after_rule is out of order"),
    Row("after_tag of a rule raises", "before after_tag of the rule", "passed", "broken", "after_tag of the rule"),
    Row("after_feature raises", "before after_feature", "passed", "broken", "after_feature is out of order"),
    Row(
        "after_tag of a feature raises", "before after_tag of the feature", "passed", "broken", "after_tag of the feat"
    ),
)

CLEAN_UPS: Final = (
    *(
        Row(
            f"{what} of a {where} raises",
            f"before the {kind} of the {where}",
            "cleanup_error" if where == "scenario" else "passed",
            "broken",
            f"the {kind.replace('_', '-')} of the {where} is out of order",
        )
        for kind, what in (("clean_up", "context.add_cleanup"), ("fixture", "the end of a @fixture"))
        for where in ("scenario", "rule", "feature")
    ),
    Row("the start of a @fixture raises", "behind the unavailable", "hook_error", "broken", "setting up the scenario"),
)

OTHER_RUNS: Final = (
    Row("before_all raises", "first", "untested", "broken", "before_all is out of order", "before_all"),
    Row("before_all raises: any other", "last", "untested", "broken", "before_all is out of order", "before_all"),
    Row("after_all raises", "last", "passed", "broken", "after_all is out of order", "after_all"),
    Row("context.add_cleanup in before_all raises", "last", "passed", "broken", "clean-up of the run", "clean_up"),
    Row("the end of a @fixture of before_all raises", "last", "passed", "broken", "fixture of the run", "fixture"),
    Row("killed (SIGKILL) in a step", "dies", "-", "broken", "The run ended inside this scenario", "killed"),
    Row("sys.exit() in a step", "dies", "-", "broken", "The run ended inside this scenario", "exited"),
    Row("asyncio.CancelledError in a step", "dies", "-", "broken", "The run ended inside this scenario", "cancelled"),
    Row("Ctrl-C in a step", "is interrupted", "error", "broken", "KeyboardInterrupt", "interrupted"),
    Row("the scenario after a Ctrl-C", "comes too late", "untested", "unknown", "", "interrupted"),
    Row("a feature after a Ctrl-C", "comes much too late", "untested", "unknown", "", "interrupted"),
    Row("Ctrl-C in before_scenario", "is interrupted", "hook_error", "broken", "", "interrupted in a hook"),
    Row("context.abort() in a step", "gives up", "passed", "passed", "", "given up"),
    Row("the scenario after context.abort()", "comes too late", "untested", "unknown", "", "given up"),
    Row("--stop: the failure", "fails at once", "failed", "failed", "found 20.00", "stopped"),
    Row("--stop: the scenario after it", "comes too late", "untested", "unknown", "", "stopped"),
    Row("--stop: a feature after it", "comes much too late", "untested", "unknown", "", "stopped"),
    Row("--dry-run", "first", "untested", "unknown", "", "dry"),
    Row("--dry-run, undefined step", "is unknown", "error", "broken", "all are well", "dry"),
    Row("excluded by --name", "left out", "skipped", "skipped", "", "named"),
    Row("a feature excluded by --name", "comes much too late", "skipped", "skipped", "", "named"),
    Row("selected by --name", "first", "passed", "passed", "", "named"),
    Row("excluded by a tag, with --no-skipped", "left out", "skipped", "missing", "", "unshown"),
)

ROWS: Final = (*RULES, *STEPS, *HOOKS, *CLEAN_UPS, *OTHER_RUNS)


def hook_features() -> Mapping[str, str]:
    """The features whose hooks and clean-ups fail, by path."""
    return {f"features/{name}.feature": text for name, text in (*_of_features(), *_of_rules(), *_of_scenarios())}


def _of_features() -> Sequence[tuple[str, str]]:
    failing = (
        ("before_feature", "behind before_feature"),
        ("after_feature", "before after_feature"),
        ("before_tag.feature", "behind before_tag of the feature"),
        ("after_tag.feature", "before after_tag of the feature"),
        ("clean_up.feature", "before the clean_up of the feature"),
        ("fixture.feature", "before the fixture of the feature"),
        ("skipped_by_hook", "in a skipped feature"),
    )
    return [(f"feature_{tag}", feature(f"Feature {tag}", scenario(title), tag=tag)) for tag, title in failing]


def _of_rules() -> Sequence[tuple[str, str]]:
    failing = (
        ("before_rule", "behind before_rule"),
        ("after_rule", "before after_rule"),
        ("before_tag.rule", "behind before_tag of the rule"),
        ("after_tag.rule", "before after_tag of the rule"),
        ("clean_up.rule", "before the clean_up of the rule"),
        ("fixture.rule", "before the fixture of the rule"),
        ("skipped_by_hook", "in a skipped rule"),
    )
    rules = (rule(f"rule {tag}", scenario(title, indent="    "), tag=tag) for tag, title in failing)
    return [("failing_rules", feature("Failing rules", *rules))]


def _of_scenarios() -> Sequence[tuple[str, str]]:
    failing = (
        ("before_scenario", "behind before_scenario"),
        ("after_scenario", "before after_scenario"),
        ("before_tag.scenario", "behind its before_tag"),
        ("after_tag.scenario", "before its after_tag"),
        ("before_step", "behind before_step"),
        ("after_step", "before after_step"),
        ("clean_up.scenario", "before the clean_up of the scenario"),
        ("fixture.scenario", "before the fixture of the scenario"),
        ("unavailable.scenario", "behind the unavailable"),
    )
    too = (
        scenario("fails before after_scenario", "after_scenario", step="a basket costs 20.00"),
        scenario("fails before after_step", "after_step", step="a basket costs 20.00"),
    )
    scenarios = (scenario(title, tag) for tag, title in failing)
    return [("failing_scenarios", feature("Failing scenarios", *scenarios, *too))]
