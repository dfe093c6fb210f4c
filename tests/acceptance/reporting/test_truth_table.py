"""Whatever goes wrong in a suite, our results say so: nothing red is missing, green or skipped."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from allure_commons_test.result import has_global_error, has_status_details, with_message_contains, with_status
from hamcrest import all_of, assert_that, has_item

from .rows import ROWS, Row
from .running import ALLURE_OF, OUR_RUNNER
from .runs import RUNS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .running import Outcome

    Outcomes = Callable[..., Outcome]

BY_OUR_RUNNER = ("everything", "before_all", "after_all", "clean_up", "killed", "exited", "interrupted", "stopped")
TAKEN = [(name, "") for name in RUNS] + [(name, OUR_RUNNER) for name in BY_OUR_RUNNER]
CASES = [(row, runner) for name, runner in TAKEN for row in ROWS if row.run == name]
WITH_A_SUMMARY = [(name, runner) for name, runner in TAKEN if name not in {"expected", "killed", "exited", "cancelled"}]


def named(value: object) -> str:
    """How a parameter is called: by what the row is about, or by its runner."""
    return str(value) if value else "behave's runner"


@pytest.mark.parametrize(("row", "runner"), CASES, ids=named)
def test_a_result_says_what_happened(row: Row, runner: str, outcome: Outcomes) -> None:
    """Every scenario has a result of the status that the table says, which tells what was wrong."""
    run = outcome(row.run, runner)
    assert (run.said(row.title), run.shown(row.title)) == (row.behave, row.ours)
    if row.says:
        told = [each for each in run.of(row.title) if each["status"] != "passed"][-1]
        assert_that(
            told, all_of(with_status(told["status"]), has_status_details(with_message_contains(row.says))), row.about
        )


@pytest.mark.parametrize(("name", "runner"), WITH_A_SUMMARY, ids=named)
def test_totals_equal_those_of_behave(name: str, runner: str, outcome: Outcomes) -> None:
    """There are as many results of each status as behave has counted, but for what the table says of failed hooks."""
    run = outcome(name, runner)
    assert run.totals == expected_totals(name, run.summary)


@pytest.mark.parametrize(("name", "runner"), TAKEN, ids=named)
def test_nothing_red_is_missing_green_or_skipped(name: str, runner: str, outcome: Outcomes) -> None:
    """Each scenario that behave calls anything but passed or skipped has a last result that is neither."""
    run = outcome(name, runner)
    for title, said in dict(run.statuses).items():
        if ALLURE_OF[said] in {"failed", "broken", "unknown"}:
            last = run.of(title)[-1:]
            assert [each["status"] for each in last if each["status"] not in {"passed", "skipped"}], (title, said)


@pytest.mark.parametrize(("name", "runner"), TAKEN, ids=named)
def test_every_result_that_is_not_green_says_why(name: str, runner: str, outcome: Outcomes) -> None:
    """Failed, broken, skipped or unknown: there is always a message that a person can read."""
    silent = [
        each["name"]
        for each in outcome(name, runner).results
        if each["status"] != "passed" and not (each.get("statusDetails") or {}).get("message", "").strip()
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("before_all", "before_all is out of order"),
        ("after_all", "after_all is out of order"),
        ("clean_up", "the clean-up of the run is out of order"),
        ("fixture", "the fixture of the run is out of order"),
        ("nothing selected", "after_all is out of order"),
        ("killed", "The run did not come to its end."),
    ],
)
def test_an_error_of_the_run_stands_in_the_results(name: str, says: str, outcome: Outcomes) -> None:
    """A hook or clean-up of the run that fails is an error of the run, even if no scenario ran that it could spoil."""
    assert_that(outcome(name).report.globals, has_item(has_global_error(with_message_contains(says))))


def expected_totals(name: str, summary: Mapping[str, int]) -> Mapping[str, int]:
    """The totals of behave in Allure's words, with the scenarios moved that hooks around them are blamed on."""
    totals = Counter[str]()
    for status, count in summary.items():
        totals[ALLURE_OF[status]] += count
    for row in ROWS:
        if row.run != name:
            continue
        said = [ALLURE_OF[each] for each in row.behave.split(", ")]
        totals -= Counter(said)
        totals += Counter(row.ours.split(", ")[-len(said) :])
    del totals["missing"]
    return totals
