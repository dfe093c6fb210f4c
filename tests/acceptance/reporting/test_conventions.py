"""Tags become labels and links as allure-behave's users know them, and a few more; options and test plans hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from allure_commons_test.result import has_issue_link, has_link, has_test_case_link, has_title_path
from hamcrest import all_of, assert_that

from .reading import labels, links, the_result
from .running import Outcome, Suite

if TYPE_CHECKING:
    from pathlib import Path

STEPS = "from behave import step\n\n@step('all is well')\ndef well(context):\n    pass\n"
TAGGED = """
@allure.label.owner:Ada @on_feature @minor
Feature: Tags
  Rule: what tags say
    @on_rule
    Scenario: without more
      Given all is well

    @critical @allure.epic:Tea @allure.story:Steeping @allure.label.squad:kettle @allure.suite:evening @allure.id:17
    @allure.issue:T-1 @allure.link.home:https://home.test @allure.tms:https://cases.test/9 @allure.link:page
    Scenario: as allure-behave's users write
      Given all is well

    @owner:Grace @layer:http @id:tea-3 @issue:T-2 @runbook:kettle
    Scenario: as ours are written
      Given all is well
"""
PATTERNS = (
    *("-D", "AllureFormatter.issue_pattern=https://issues.test/{}"),
    *("-D", "AllureFormatter.link_pattern=https://links.test/{}"),
)
SELECTED = """
Feature: Selection
  @allure.id:1
  Scenario: by id
    Given all is well

  Scenario: by name
    Given all is well

  @unwanted
  Scenario: not at all
    Given all is well
"""


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The results of the tagged scenarios."""
    suite = Suite(tmp_path_factory.mktemp("tags"))
    suite.write({"features/fine_tea/tags.feature": TAGGED, "steps/steps.py": STEPS})
    return suite.behave("features", *PATTERNS, probe=False)


def test_place_becomes_epic_feature_story_and_path(tagged: Outcome) -> None:
    """The first folder is the epic, the rule the story; the path leads from capability to rule."""
    result = the_result(tagged, "without more")
    found = {name: labels(result, name) for name in ("epic", "feature", "story", "framework", "language", "severity")}
    assert found == {
        "epic": ["Fine tea"],
        "feature": ["Tags"],
        "story": ["what tags say"],
        "framework": ["behave"],
        "language": ["python"],
        "severity": ["minor"],
    }
    assert_that(result, has_title_path("Fine tea", "Tags", "what tags say"))
    assert {"on_feature"} <= set(labels(result, "tag"))


def test_tags_of_allure_behave_keep_their_meaning(tagged: Outcome) -> None:
    """Severities, labels, epics, ids and links are written as for allure-behave."""
    result = the_result(tagged, "as allure-behave's users write")
    names = ("severity", "epic", "story", "squad", "suite", "owner")
    assert {name: labels(result, name) for name in names} == {
        "severity": ["critical"],
        "epic": ["Tea"],
        "story": ["Steeping", "what tags say"],
        "squad": ["kettle"],
        "suite": ["evening"],
        "owner": ["Ada"],
    }
    assert_that(
        result,
        all_of(
            has_issue_link("https://issues.test/T-1"),
            has_link("https://home.test", "link", "home"),
            has_test_case_link("https://cases.test/9"),
            has_link("https://links.test/page", "link"),
        ),
    )


def test_tags_of_ours_become_labels_and_links(tagged: Outcome) -> None:
    """Owner, layer and id are labels; issues and runbooks are links."""
    result = the_result(tagged, "as ours are written")
    assert {name: labels(result, name) for name in ("owner", "layer")} == {"owner": ["Grace"], "layer": ["http"]}
    assert ("issue", "https://issues.test/T-2") in [link[:2] for link in links(result)]
    assert "runbook" in [link[0] for link in links(result)]


def test_no_label_is_there_twice(tagged: Outcome) -> None:
    """A label stands once, and a name that can be there once has one value."""
    for result in tagged.results:
        pairs = [(each["name"], each["value"]) for each in result["labels"]]
        assert len(pairs) == len(set(pairs))
        assert [len(labels(result, name)) for name in ("severity", "owner", "epic")] == [1, 1, 1]


def test_a_test_plan_selects_by_id_and_by_full_name(suite: Suite, tmp_path: Path) -> None:
    """With ALLURE_TESTPLAN_PATH only planned scenarios run; the others are skipped, and the result says why."""
    suite.write({"features/selection.feature": SELECTED, "steps/steps.py": STEPS})
    first = suite.behave("features", probe=False)
    selector = the_result(first, "by name")["fullName"]
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps({"tests": [{"id": "1"}, {"selector": selector}]}))
    planned = suite.behave("features", probe=False, environment={"ALLURE_TESTPLAN_PATH": str(plan)})
    found = {each["name"]: each["status"] for each in planned.results}
    assert found == {"by id": "passed", "by name": "passed", "not at all": "skipped"}


def test_what_is_excluded_can_be_hidden(suite: Suite) -> None:
    """With AllureFormatter.hide_excluded, what the tags exclude has no result."""
    suite.write({"features/selection.feature": SELECTED, "steps/steps.py": STEPS})
    words = ("features", "--tags=not @unwanted", "-D", "AllureFormatter.hide_excluded=true")
    assert {each["name"] for each in suite.behave(*words, probe=False).results} == {"by id", "by name"}


def test_runs_may_share_a_folder(suite: Suite) -> None:
    """Results of several runs, such as those of processes side by side, lie beside each other, with one history."""
    suite.write({"features/selection.feature": SELECTED, "steps/steps.py": STEPS})
    for _ in range(2):
        outcome = suite.behave("features", probe=False)
    assert len({each["uuid"] for each in outcome.results}) == 6
    assert len({each["historyId"] for each in outcome.results}) == 3
