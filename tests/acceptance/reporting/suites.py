"""A suite that goes wrong in every way that behave knows; nothing of ours is in it.

Where something fails is told by tags, so that one run holds most of the truth table: `@before_feature` on a feature has
its `before_feature` raise, `@clean_up.rule` on a rule has a clean-up of that rule raise, and so on.
"""

from __future__ import annotations

from typing import Final

ENVIRONMENT: Final = """
import os, signal
from behave import fixture, use_fixture
from behave.contrib.scenario_autoretry import patch_scenario_with_autoretry
from behave.model_type import Status

RUN_FAILS_IN = os.environ.get("RUN_FAILS_IN", "")

def raise_if(found, where):
    if found:
        raise RuntimeError(f"{where} is out of order")

@fixture
def stuck(context, where):
    yield
    raise_if(True, f"the fixture of the {where}")

@fixture
def unavailable(context, where):
    raise_if(True, f"setting up the {where}")
    yield

def before_all(context):
    raise_if(RUN_FAILS_IN == "before_all", "before_all")
    if RUN_FAILS_IN == "clean_up":
        context.add_cleanup(raise_if, True, "the clean-up of the run")
    if RUN_FAILS_IN == "fixture":
        use_fixture(stuck, context, "run")

def after_all(context):
    raise_if(RUN_FAILS_IN == "after_all", "after_all")

def before_feature(context, feature):
    raise_if("before_feature" in feature.tags, "before_feature")
    if "skipped_by_hook" in feature.tags:
        feature.skip("the shop is closed")
    for scenario in feature.walk_scenarios():
        if "retried" in scenario.tags:
            patch_scenario_with_autoretry(scenario, max_attempts=3)
        if "continued" in scenario.tags:
            scenario.continue_after_failed_step = True

def after_feature(context, feature):
    raise_if("after_feature" in feature.tags, "after_feature")

def before_rule(context, rule):
    raise_if("before_rule" in rule.tags, "before_rule")
    if "skipped_by_hook" in rule.tags:
        rule.skip("the counter is closed")

def after_rule(context, rule):
    raise_if("after_rule" in rule.tags, "after_rule")

def before_tag(context, tag):
    kind, _, where = tag.partition(".")
    raise_if(kind == "before_tag", f"before_tag of the {where}")
    if kind == "clean_up":
        context.add_cleanup(raise_if, True, f"the clean-up of the {where}")
    if kind == "fixture":
        use_fixture(stuck, context, where)
    if kind == "unavailable":
        use_fixture(unavailable, context, where)

def after_tag(context, tag):
    raise_if(tag.startswith("after_tag."), f"after_tag of the {tag.partition('.')[2]}")

def before_scenario(context, scenario):
    raise_if("before_scenario" in scenario.tags, "before_scenario")
    if "skipped_by_hook" in scenario.tags:
        scenario.skip("nobody works on Sundays")
    if "interrupted" in scenario.tags:
        raise KeyboardInterrupt

def after_scenario(context, scenario):
    if "xfail" in scenario.tags:
        scenario.set_status(Status.xfailed if scenario.status.has_failed() else Status.xpassed)
    if "skipped_too_late" in scenario.tags:
        scenario.skip("it does not matter")
    raise_if("after_scenario" in scenario.tags, "after_scenario")

def before_step(context, step):
    raise_if("before_step" in context.scenario.tags, "before_step")

def after_step(context, step):
    raise_if("after_step" in context.scenario.tags, "after_step")
"""

STEPS: Final = """
import asyncio, os, signal, sys
from behave import step
from behave.api.pending_step import PendingStepError, StepNotImplementedError

tries = []

@step("all is well")
def all_is_well(context):
    pass

@step("a basket costs {price}")
def a_basket_costs(context, price):
    assert price == "18.00", f"expected 18.00, found {price}"

@step("nothing is said")
def nothing_is_said(context):
    raise AssertionError

@step("the till breaks")
def the_till_breaks(context):
    raise RuntimeError("the till is out of paper")

@step("it works at the third try")
def third_try(context):
    tries.append(1)
    assert len(tries) == 3, f"try {len(tries)}"

@step("it is not implemented")
def not_implemented(context):
    raise StepNotImplementedError("nobody has written it")

@step("it is pending")
def pending(context):
    raise PendingStepError("somebody writes it")

@step("the rest does not matter")
def the_rest_does_not_matter(context):
    context.scenario.skip("there is no stock")

@step("steps are in a step")
def steps_in_a_step(context):
    context.execute_steps("Given a basket costs 20.00")

@step("these are sold")
@step("this is said")
def with_arguments(context):
    assert context.table or context.text

@step("these are not sold")
@step("this is not said")
def without_success(context):
    raise AssertionError(f"found {context.table or context.text}")

@step("the process is killed")
def killed(context):
    os.kill(os.getpid(), signal.SIGKILL)

@step("the process exits")
def exits(context):
    sys.exit(3)

@step("the process is cancelled")
def cancelled(context):
    raise asyncio.CancelledError

@step("somebody presses Ctrl-C")
def ctrl_c(context):
    raise KeyboardInterrupt

@step("the run is given up")
def given_up(context):
    context.abort("no more time")
"""

PROBE: Final = '''
"""What behave itself says in the end: the status of everything, also of what never ran."""
import json
from behave.formatter.base import Formatter
from behave.reporter.base import Reporter

class Probe(Formatter):
    def __init__(self, stream_opener, config):
        super().__init__(stream_opener, config)
        config.reporters.append(Statuses(config))

class Statuses(Reporter):
    def __init__(self, config):
        super().__init__(config)
        self.features = []

    def feature(self, feature):
        self.features.append(feature)

    def end(self):
        scenarios = [each for feature in self.features for each in feature.walk_scenarios()]
        told = [(each.name.partition(" -- @")[0], each.status.name) for each in scenarios]
        with open("statuses.json", "w") as file:
            json.dump(told, file)
'''
