"""Any behave suite runs as it does without us: same verdict, same output, same exit status."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.side_by_side import BASKET, with_steps

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.execution.conftest import Suite

GREEN = """
    Feature: Green
      @quick
      Scenario: well
        When all is well
"""

HOOKS = """
    def before_feature(context, feature):
        print("before", feature.name)

    def after_scenario(context, scenario):
        if scenario.name == "well":
            context.add_cleanup(print, "cleaned")
"""


def told(output: str) -> str:
    """What behave said, without the runner's name and the times."""
    return re.sub(r"\d+\.\d+s|USING RUNNER.*", "-", output)


@pytest.fixture
def foreign(suite: Suite) -> Suite:
    """A suite with everything that Gherkin has, without a scope."""
    with_steps(suite).write("features/basket.feature", BASKET)
    suite.write("features/green.feature", GREEN)
    suite.write("features/environment.py", HOOKS)
    return suite


OPTIONS = [
    [],
    ["--stop"],
    ["--dry-run"],
    ["--tags=@quick"],
    ["--tags=not @nobody_has_this"],
    ["--tags=@quick,@nobody_has_this"],
    ["--name=rule"],
    ["--name=rows of 2"],
    ["features/basket.feature:9"],
    ["features/basket.feature:32"],
    ["features/green.feature"],
    ["features/green.feature", "features/basket.feature"],
    ["--exclude=basket"],
    ["-f", "plain"],
    ["-f", "progress3"],
    ["--no-capture"],
    ["--no-skipped", "--tags=@small"],
    ["-D", "their=own", "-D", "behave.reporter.summary.output_format=v1"],
    ["--wip"],
    ["-f", "rerun", "-o", "rerun.txt"],
]


@pytest.mark.parametrize("options", OPTIONS, ids=" ".join)
def test_output_and_exit_status_are_those_of_behave(foreign: Suite, options: list[str]) -> None:
    """Whatever option is given, nobody can tell the runners apart on standard output."""
    if options == ["--wip"]:
        foreign.write("features/wip.feature", "@wip\nFeature: W\n  Scenario: w\n    When all is well\n")
    plain = foreign.behave(*options, runner="behave.runner:Runner")
    ours = foreign.behave(*options)
    assert (told(ours.stdout), ours.returncode) == (told(plain.stdout), plain.returncode)


def test_json_is_that_of_behave(foreign: Suite) -> None:
    """The report of the json formatter is the same, but for durations."""
    reports = []
    for runner in ("behave.runner:Runner", "support.execution:Runner"):
        foreign.behave("-f", "json", "-o", "out.json", runner=runner)
        text = (foreign.folder / "out.json").read_text()
        reports.append(json.loads(re.sub(r'"duration": [^,}]+', '"duration": 0', text)))
    assert reports[0] == reports[1]


def test_junit_is_that_of_behave(foreign: Suite) -> None:
    """The reports of --junit are the same files with the same contents, but for times."""
    assert junit_of(foreign, "behave.runner:Runner") == junit_of(foreign, "support.execution:Runner")


def junit_of(suite: Suite, runner: str) -> dict[str, str]:
    """The JUnit files by name, without times."""
    suite.behave("--junit", "--junit-directory", "junit", runner=runner)
    files: list[Path] = sorted((suite.folder / "junit").iterdir())
    timeless = {file.name: re.sub(r'(time|timestamp)="[^"]*"|\d+\.\d+s', "", file.read_text()) for file in files}
    assert timeless
    return timeless


def test_a_suite_may_use_our_words_for_itself(foreign: Suite) -> None:
    """Keys that only we would call unknown are left alone; the values of ours are checked."""
    assert foreign.behave("features/green.feature", "-D", "profle=x").returncode == 0
    bad = foreign.behave("features/green.feature", "-D", "order=randm")
    assert bad.returncode == 1
    assert "-D order=randm is not a choice. Did you mean 'random'?" in bad.stderr


def test_scenarios_of_one_name_are_theirs_to_have(foreign: Suite) -> None:
    """Twins are no error in a suite that needs no ids."""
    foreign.write("features/twins.feature", GREEN.rstrip() + "\n\n" + GREEN.partition("\n")[2].partition("\n")[2])
    assert foreign.behave("features/twins.feature").returncode == 0


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["features/nothing_here.feature"], "features/nothing_here.feature does not exist."),
        (["features/steps/steps.py"], "features/steps/steps.py is no feature."),
        (["features/bad.feature"], "features/bad.feature:4 is no Gherkin: "),
        (["--tags=(@a"], "TagExpressionError"),
    ],
)
def test_bad_input_gets_a_short_answer(foreign: Suite, words: list[str], expected: str) -> None:
    """What cannot be read is told in one line, without a traceback, also in a suite that is not ours."""
    if "bad" in words[0]:
        foreign.write("features/bad.feature", "Feature: x\n  Scenario: y\n    Given a basket\n    Nonsense\n")
    ours = foreign.behave(*words)
    assert ours.returncode == 1
    assert expected in ours.stdout + ours.stderr
    assert "Traceback" not in ours.stdout + ours.stderr


def test_two_definitions_of_one_step_are_told_without_a_traceback(foreign: Suite) -> None:
    """What behave finds ambiguous while loading is an error that names both."""
    foreign.write("features/steps/twice.py", 'from behave import given\n\n@given("a basket")\ndef b(c): pass\n')
    ours = foreign.behave()
    assert ours.returncode == 1
    assert "@given('a basket') has already been defined in" in ours.stderr
    assert "Traceback" not in ours.stdout + ours.stderr


def test_unknown_words_get_the_nearest_known(foreign: Suite) -> None:
    """A step that no definition matches is told with the sentence that was perhaps meant."""
    said = "No step matches 'When all are well' (features/basket.feature:21). Nearest: 'When all is well'."
    assert said in foreign.behave().stderr
    assert said in foreign.behave("--dry-run").stderr
