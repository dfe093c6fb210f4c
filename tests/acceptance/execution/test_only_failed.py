"""Running only what went wrong in the last run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite
    from tests.acceptance.execution.ours import OurSuite


def names(ours: OurSuite) -> list[str]:
    """The scenarios that the last run had planned."""
    return [each.name for each in ours.record.started.scenarios]


def test_only_what_went_wrong_runs_again(ours: OurSuite) -> None:
    """By the ids of the newest record: until nothing is left, and then that is told."""
    ours.behave()
    done = ours.behave("-D", "only=failed")
    assert names(ours) == ["shaky", "bad"]
    assert [each.verdict for each in ours.record.outcomes] == ["passed", "failed"], done.stdout
    ours.behave("-D", "only=failed")
    assert names(ours) == ["bad"]
    (ours.folder / "that.txt").write_text("xxxxx")
    assert ours.behave("-D", "only=failed", "-j", "2").returncode == 0
    done = ours.behave("-D", "only=failed")
    assert f"nothing went wrong in the newest run, {ours.record.started.run_id} (1 scenarios)" in done.stderr
    assert done.returncode == 1


def test_what_did_not_run_is_left_over_too(ours: OurSuite) -> None:
    """A run that was stopped is taken up where it was."""
    ours.behave("--stop")
    ours.behave("-D", "only=failed")
    assert names(ours) == ["shaky", "bad"]


def test_what_is_not_there_any_more_is_told(ours: OurSuite) -> None:
    """Renamed scenarios are named with their old place; if no other is left, that is the error."""
    ours.behave()
    feature = ours.folder / "features" / "a.feature"
    feature.write_text(feature.read_text().replace("Scenario: bad", "Scenario: renamed"))
    done = ours.behave("-D", "only=failed")
    assert "1 of what went wrong in run" in done.stderr
    assert "  bad (features/a.feature:7)" in done.stderr
    assert names(ours) == ["shaky"]
    (ours.folder / "it.txt").unlink()
    ours.behave("-n", "shaky")
    feature.write_text(feature.read_text().replace("Scenario: shaky", "Scenario: steady"))
    done = ours.behave("-D", "only=failed")
    assert "Nothing is left to run" in done.stderr
    assert (done.returncode, names(ours)) == (1, ["shaky"])


def test_without_a_run_there_is_nothing_to_go_by(ours: OurSuite) -> None:
    """The folder that was looked into is named."""
    done = ours.behave("-D", "only=failed")
    assert f"there is no run in {ours.folder / 'reports'} yet" in done.stderr
    assert done.returncode == 1


def test_a_foreign_suite_is_told_of_the_way_that_behave_has(suite: Suite) -> None:
    """It keeps no record, but behave has a formatter for that."""
    suite.write("features/a.feature", "Feature: F\n  Scenario: S\n    Given a basket\n")
    done = suite.behave("-D", "only=failed")
    assert "behave -f rerun -o rerun.txt" in done.stderr
    assert done.returncode == 1
