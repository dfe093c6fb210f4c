"""A suite that speaks to Allure wherever code of a suite can run: hooks, fixtures, clean-ups, steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ENVIRONMENT: Final = """
import os
import allure
from behave import fixture, use_fixture

ONLY_IN = os.environ.get("SPEAKS_IN", "")

def speak(where):
    if ONLY_IN and ONLY_IN not in where:
        return
    with allure.step(f"action in {where}"):
        allure.attach(f"body of {where}", f"name of {where}", allure.attachment_type.TEXT)
    print(f"printed in {where}")

def speak_and_fail():
    speak("a clean-up")
    raise RuntimeError("the clean-up is stuck")

@fixture
def till(context, where):
    speak(f"fixture set up for {where}")
    yield
    speak(f"fixture torn down for {where}")

def before_all(context):
    speak("before_all")
    use_fixture(till, context, "run")

def after_all(context):
    speak("after_all")

def before_feature(context, feature):
    speak("before_feature")
    use_fixture(till, context, "feature")

def after_feature(context, feature):
    speak("after_feature")

def before_rule(context, rule):
    speak("before_rule")

def after_rule(context, rule):
    speak("after_rule")

def before_tag(context, tag):
    speak(f"before_tag {tag}")

def after_tag(context, tag):
    speak(f"after_tag {tag}")

def before_scenario(context, scenario):
    speak("before_scenario")
    allure.dynamic.label("squad", "tea")
    use_fixture(till, context, "scenario")
    if "stuck" in scenario.tags:
        context.add_cleanup(speak_and_fail)

def after_scenario(context, scenario):
    speak("after_scenario")
    allure.dynamic.link("https://wiki.test/after", name="written afterwards")

def before_step(context, step):
    speak("before_step")

def after_step(context, step):
    speak("after_step")
"""

STEPS: Final = """
import logging, pathlib
import allure
from behave import step

@allure.step("pay {amount} by card")
def pay_by_card(amount):
    allure.attach(b"\\x00\\x01", "receipt", "application/x-receipt", "rcp")

@step("she pays {price}")
def pays(context, price):
    allure.attach("body of a step", "name of a step")
    print("coins are counted")
    logging.getLogger("till").warning("the drawer is open")
    with allure.step("count the coins"):
        with allure.step("count the pennies"):
            allure.attach("3 pennies", "pennies")
    pay_by_card(price)
    pathlib.Path("slip.txt").write_text("a slip")
    allure.attach.file("slip.txt", "slip", allure.attachment_type.TEXT)

@step("the coins are counted wrongly")
def wrongly(context):
    print("coins are dropped")
    with allure.step("count the coins"), allure.step("count the pennies"):
        assert False, "2 pennies are missing"

@step("the report is told more")
def told_more(context):
    allure.dynamic.title("A title of its own")
    allure.dynamic.description("In *other* words.")
    allure.dynamic.description_html("<p>In other words.</p>")
    allure.dynamic.severity(allure.severity_level.CRITICAL)
    allure.dynamic.label("owner", "Ada")
    allure.dynamic.tag("told")
    allure.dynamic.issue("https://issues.test/7", "an issue")
    allure.dynamic.testcase("https://cases.test/8", "a case")
    allure.dynamic.parameter("till", "2", excluded=True)
    allure.dynamic.parameter("pin", "0000", mode=allure.parameter_mode.MASKED)

@step("these are listed")
@step("this is written")
def listed(context):
    pass
"""

FEATURES: Final = """
@on_feature
Feature: Speaking
  What a feature has to say.

  Scenario: alone
    When she pays 3

  @on_rule
  Rule: one rule
    What a rule has to say.

    @on_scenario
    Scenario: speaks
      What a scenario has to say.

      When she pays 3
      Then the report is told more

    Scenario: lists
      When these are listed
        | tea | cake |
        | 1   | 2    |
      Then this is written
        '''
        Tea, please.
        '''

    Scenario: fails aloud
      Then the coins are counted wrongly

    @stuck
    Scenario: is stuck
      When she pays 3
"""

SHORT: Final = """
@tagged
Feature: Speaking
  @tagged
  Scenario: speaks
    When she pays 3

  @stuck
  Scenario: is stuck
    When she pays 3
"""
RULED: Final = SHORT.replace("  @", "  Rule: one rule\n    @", 1)

FILES: Final[dict[str, str]] = {
    "environment.py": ENVIRONMENT,
    "steps/steps.py": STEPS,
    "features/selling/speaking.feature": FEATURES,
}


def short(*, ruled: bool) -> Mapping[str, str]:
    """The suite with two scenarios of one step, in a rule or without one."""
    return FILES | {"features/selling/speaking.feature": RULED if ruled else SHORT}
