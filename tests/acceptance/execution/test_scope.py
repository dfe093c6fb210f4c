"""A scope is opened around the scenarios and closed whatever happens; its record tells the truth."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import pytest

from support.record import Run, read_record

if TYPE_CHECKING:
    import subprocess

    from tests.acceptance.execution.conftest import Suite

FEATURE = """
    Feature: Shop
      Scenario: first
        Given first is noted
      Scenario: second
        Given second is noted
        When {event}
        Then it is 1
      Scenario: third
        Given third is noted
"""


@pytest.fixture
def shop(suite: Suite) -> Suite:
    """Three scenarios that pass, and a scope that keeps a record."""
    suite.with_scope()
    suite.write("features/shop.feature", FEATURE.format(event="all is well"))
    return suite


def record_of(suite: Suite) -> Run:
    """The record that the run has left."""
    return read_record(suite.folder / "reports/record.jsonl")


def verdicts(suite: Suite) -> list[str]:
    """The verdicts of the record, in its order."""
    return [each.verdict for each in record_of(suite).outcomes]


def quiet(done: subprocess.CompletedProcess[str]) -> bool:
    """Whether nothing of Python's was shown to the user."""
    return "Traceback" not in done.stdout + done.stderr


def test_the_scope_is_opened_and_closed_around_the_scenarios(shop: Suite) -> None:
    """It opens with the plan, hooks find it, and it closes after behave's summary."""
    done = shop.behave()
    assert done.returncode == 0, done.stdout
    assert "SCOPE OPEN 3" in done.stdout
    assert done.stdout.index("3 scenarios passed") < done.stdout.index("SCOPE CLOSE failed=False aborted=False")
    assert (verdicts(shop), record_of(shop).verdict) == (["passed"] * 3, "passed")


def test_a_dry_run_opens_nothing(shop: Suite) -> None:
    """Looking is not touching."""
    done = shop.behave("--dry-run")
    assert (done.returncode, "SCOPE" in done.stdout, shop.ran()) == (0, False, [])


@pytest.mark.parametrize(
    ("sick", "message"), [("part", "payments: does not answer at port 9"), ("settings", "The profile is not complete.")]
)
def test_a_sick_system_stops_the_run_and_names_the_part(shop: Suite, sick: str, message: str) -> None:
    """One message on stderr, no traceback, exit status 1, and reports that can be read."""
    done = shop.behave("-D", f"sick={sick}", "-f", "json", "-o", "out.json")
    assert (done.returncode, done.stderr.strip(), quiet(done)) == (1, message, True)
    assert json.loads((shop.folder / "out.json").read_text()) == []
    assert "SCOPE CLOSE" not in done.stdout
    assert shop.ran() == []


def test_an_interruption_while_opening_closes_what_is_open(shop: Suite) -> None:
    """SIGTERM in the middle of opening leaves nothing behind."""
    done = shop.behave("-D", "sick=interrupted")
    assert (done.returncode, done.stderr.strip(), quiet(done)) == (1, "Interrupted.", True)
    assert "SCOPE CLOSE failed=True aborted=True" in done.stdout


def test_a_defect_of_the_scope_is_shown_and_closed(shop: Suite) -> None:
    """An error that is nobody's message keeps its traceback, and what is half open is closed."""
    done = shop.behave("-D", "sick=defect")
    assert (done.returncode, quiet(done)) == (1, False)
    assert "SCOPE CLOSE failed=True aborted=False" in done.stdout


def test_a_scope_that_does_not_close_fails_the_run(shop: Suite) -> None:
    """Leaving something behind is not green."""
    assert shop.behave("-D", "sick=close").returncode == 1


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_an_interruption_ends_the_run_in_order(shop: Suite, name: str) -> None:
    """The scenario that ran is broken, the rest not run, teardown happens, and the exit status is 1."""
    shop.write("features/shop.feature", FEATURE.format(event=f"the run gets {name}"))
    done = shop.behave()
    assert (done.returncode, quiet(done)) == (1, True), done.stderr
    assert "SCOPE CLOSE failed=True aborted=True" in done.stdout
    assert verdicts(shop) == ["passed", "broken", "not run"]
    assert shop.ran() == ["first", "second"]


def test_a_killed_run_leaves_a_readable_record(shop: Suite) -> None:
    """SIGKILL at any moment: what had ended is there, what was running is named, what had not begun is not run."""
    shop.write("features/shop.feature", FEATURE.format(event="the run gets SIGKILL"))
    assert shop.behave().returncode == -signal.SIGKILL
    run = record_of(shop)
    assert (run.complete, [each.name for each in run.interrupted_in]) == (False, ["second"])
    assert verdicts(shop) == ["passed", "broken", "not run"]


@pytest.mark.parametrize(
    ("hook", "expected"),
    [
        ("def after_tag(context, tag): raise OSError('late')", ["passed", "broken", "passed"]),
        ("def before_feature(context, feature): raise OSError('late')", ["broken", "broken", "broken"]),
        ("def after_feature(context, feature): raise OSError('late')", ["passed", "passed", "broken"]),
        ("def before_feature(context, feature): context.add_cleanup(int, 'late')", ["passed", "passed", "broken"]),
        ("def before_feature(context, feature): feature.skip('late')", ["skipped", "skipped", "skipped"]),
    ],
    ids=["after_tag", "before_feature", "after_feature", "clean-up", "skip"],
)
def test_what_happens_outside_a_scenario_is_in_the_record(suite: Suite, hook: str, expected: list[str]) -> None:
    """Hooks and clean-ups that fail before or after the scenarios' own are amended, with the reason."""
    suite.with_scope(f"\n{hook}\n")
    suite.write(
        "features/shop.feature", FEATURE.format(event="all is well").replace("    Scenario: s", "@x\n    Scenario: s")
    )
    done = suite.behave()
    assert verdicts(suite) == expected, done.stdout
    reasons = {each.reason for each in record_of(suite).outcomes if each.verdict != "passed"}
    assert all("late" in reason or "clean-up" in reason for reason in reasons)
    assert done.returncode == (0 if "skip" in hook else 1)


def test_a_failure_is_repeated_by_its_rerun_line(shop: Suite) -> None:
    """The printed command runs that scenario alone, with the same seed and settings."""
    shop.write("features/shop.feature", FEATURE.format(event="it breaks"))
    shop.behave("-D", "profile=remote", "-D", "seed=7", "-D", "order=random")
    broken = next(each for each in record_of(shop).outcomes if each.verdict == "broken")
    assert broken.rerun == "behave features/shop.feature:4 -D seed=7 -D profile=remote"
    shop.ran()
    shop.behave(*broken.rerun.split()[1:])
    assert shop.ran() == ["second"]


def test_the_record_names_steps_errors_and_places(shop: Suite) -> None:
    """A failing step has its message, its type and where it was raised, without a path of this machine."""
    shop.write("features/shop.feature", FEATURE.format(event="it breaks"))
    done = shop.behave()
    step = next(each for each in record_of(shop).outcomes if each.verdict == "broken").steps[1]
    assert (step.status, step.error, step.error_type) == ("error", "boom", "RuntimeError")
    assert step.trace.startswith("features/steps/steps.py:")
    assert str(shop.folder) not in (shop.folder / "reports/record.jsonl").read_text()
    assert "BROKEN (ours or the environment)  Shop > second" in done.stdout


def test_ids_do_not_depend_on_the_selection(shop: Suite) -> None:
    """The same scenario has the same id when it is named by its file, and when others have come before it."""
    shop.behave()
    before = {each.name: each.scenario_id for each in record_of(shop).outcomes}
    (shop.folder / "reports/record.jsonl").unlink()
    text = (shop.folder / "features/shop.feature").read_text()
    shop.write("features/shop.feature", text.replace("  Scenario: first", "  Scenario: new\n\n  Scenario: first"))
    shop.behave("features/shop.feature")
    after = {each.name: each.scenario_id for each in record_of(shop).outcomes}
    assert before.items() < after.items()
