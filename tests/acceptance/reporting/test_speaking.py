"""allure.attach, allure.step and allure.dynamic work wherever code of a suite can run, and land where it ran."""

from __future__ import annotations

import pytest
from allure_commons_test.result import (
    has_description,
    has_description_html,
    has_issue_link,
    has_parameter,
    has_test_case_link,
    has_title,
    with_excluded,
    with_mode,
)
from hamcrest import all_of, assert_that, equal_to

from .reading import attached, fixtures, labels, links, the_result, the_step, walk
from .running import OUR_RUNNER, Outcome, Suite
from .speaking import FILES

BEFORE = (
    "before_all",
    "fixture set up for run",
    "before_feature",
    "before_tag on_feature",
    "fixture set up for feature",
    "before_rule",
    "before_tag on_rule",
    "before_scenario",
    "before_tag on_scenario",
    "fixture set up for scenario",
)
AFTER = (
    "fixture torn down for scenario",
    "after_scenario",
    "after_tag on_scenario",
    "after_rule",
    "after_tag on_rule",
    "fixture torn down for feature",
    "after_feature",
    "after_tag on_feature",
    "fixture torn down for run",
    "after_all",
)
SPEAKS = "A title of its own"


@pytest.fixture(scope="module", params=["", OUR_RUNNER], ids=["behave's runner", "our runner"])
def spoken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What the suite that speaks everywhere has come to."""
    suite = Suite(tmp_path_factory.mktemp("speaking")).write(FILES)
    return suite.behave("features", probe=False, runner=request.param)


@pytest.mark.parametrize(
    ("side", "where"), [("befores", each) for each in BEFORE] + [("afters", each) for each in AFTER]
)
def test_what_a_hook_leaves_is_in_the_fixture_of_the_hook(spoken: Outcome, side: str, where: str) -> None:
    """Actions and attachments of a hook, a fixture or a clean-up stand in set up or tear down of the scenario."""
    around = fixtures(spoken.report, the_result(spoken, SPEAKS), side)
    found = [each for each in around for step in walk(each) if step["name"] == f"action in {where}"]
    assert len(found) == 1, [step["name"] for each in around for step in walk(each)]
    assert attached(spoken.report, found[0])[f"name of {where}"] == f"body of {where}"


@pytest.mark.parametrize("where", ["before_step", "after_step"])
def test_what_a_hook_of_a_step_leaves_is_in_the_step(spoken: Outcome, where: str) -> None:
    """Actions and attachments of before_step and after_step stand in the step that they belong to."""
    step = the_step(the_result(spoken, "lists"), "When these are listed")
    assert the_step(step, f"action in {where}")
    assert attached(spoken.report, step)[f"name of {where}"] == f"body of {where}"


def test_a_scenario_without_a_rule_has_no_fixtures_of_one(spoken: Outcome) -> None:
    """What is done for a rule is shown at the scenarios of that rule only."""
    alone = the_result(spoken, "alone")
    found = [
        step["name"]
        for side in ("befores", "afters")
        for each in fixtures(spoken.report, alone, side)
        for step in walk(each)
    ]
    assert "action in before_feature" in found
    assert not [name for name in found if "rule" in name]


def test_actions_nest_below_the_step_that_did_them(spoken: Outcome) -> None:
    """allure.step as a block and as a decorator makes sub-steps, with their parameters and attachments."""
    step = the_step(the_result(spoken, SPEAKS), "When she pays 3")
    pennies = the_step(the_step(step, "count the coins"), "count the pennies")
    assert attached(spoken.report, pennies) == {"pennies": "3 pennies"}
    assert_that(the_step(step, "pay '3' by card"), has_parameter("amount", "'3'"))


def test_attachments_keep_type_and_ending(spoken: Outcome) -> None:
    """What is attached keeps its media type, its extension and its bytes; a file can be attached as well."""
    step = the_step(the_result(spoken, SPEAKS), "When she pays 3")
    kept = {each["name"]: each for item in walk(step) for each in item.get("attachments") or ()}
    assert (kept["receipt"]["type"], kept["receipt"]["source"].rpartition(".")[2]) == ("application/x-receipt", "rcp")
    assert attached(spoken.report, step)["receipt"] == "\x00\x01"
    assert (kept["slip"]["type"], attached(spoken.report, step)["slip"]) == ("text/plain", "a slip")


def test_a_failing_action_is_red_and_so_are_those_around_it(spoken: Outcome) -> None:
    """The sub-step in which an assertion failed is failed, with the message."""
    step = the_step(the_result(spoken, "fails aloud"), "Then the coins are counted wrongly")
    inner = the_step(step, "count the pennies")
    assert [each["status"] for each in (step, the_step(step, "count the coins"), inner)] == ["failed"] * 3
    assert "2 pennies are missing" in inner["statusDetails"]["message"]


def test_what_is_said_dynamically_is_shown(spoken: Outcome) -> None:
    """Title, description, severity, labels, tags, links and parameters that a step or hook sets are the result's."""
    result = the_result(spoken, SPEAKS)
    assert_that(
        result,
        all_of(
            has_title(SPEAKS),
            has_description(equal_to("In *other* words.")),
            has_description_html(equal_to("<p>In other words.</p>")),
            has_issue_link("https://issues.test/7", "an issue"),
            has_test_case_link("https://cases.test/8", "a case"),
            has_parameter("till", "2", with_excluded()),
            has_parameter("pin", "0000", with_mode("masked")),
        ),
    )
    said = {name: labels(result, name) for name in ("severity", "owner", "squad")}
    assert said == {"severity": ["critical"], "owner": ["Ada"], "squad": ["tea"]}
    assert "told" in labels(result, "tag")
    assert ("link", "https://wiki.test/after", "written afterwards") in links(result)


def test_a_failing_clean_up_is_a_broken_fixture(spoken: Outcome) -> None:
    """A clean-up that raises stands in tear down, broken, with its message and with what it had left."""
    stuck = the_result(spoken, "is stuck")
    broken = [each for each in fixtures(spoken.report, stuck, "afters") if each["status"] == "broken"]
    assert (stuck["status"], len(broken)) == ("broken", 1)
    assert "the clean-up is stuck" in broken[0]["statusDetails"]["message"]
    assert attached(spoken.report, broken[0])["name of a clean-up"] == "body of a clean-up"


def test_captured_output_of_a_failure_is_attached(spoken: Outcome) -> None:
    """What a failing step has printed stands with the step; what the hooks have printed with the scenario."""
    result = the_result(spoken, "fails aloud")
    step = the_step(result, "Then the coins are counted wrongly")
    assert "coins are dropped" in "".join(attached(spoken.report, step).values())
    assert "printed in before_scenario" in "".join(attached(spoken.report, result).values())


def test_tables_and_doc_strings_stand_with_their_steps(spoken: Outcome) -> None:
    """What a step brings along can be read where the step stands."""
    result = the_result(spoken, "lists")
    table = "".join(attached(spoken.report, the_step(result, "When these are listed")).values())
    assert "tea,cake" in table.replace("\r", "")
    assert "1,2" in table
    assert "Tea, please." in attached(spoken.report, the_step(result, "Then this is written")).values()


def test_prose_is_the_description(spoken: Outcome) -> None:
    """What feature, rule and scenario say in prose is the description of a result that nobody gave another."""
    told = the_result(spoken, "lists")["description"]
    assert told.index("What a feature has to say.") < told.index("What a rule has to say.")
