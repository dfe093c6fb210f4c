"""What is asked for is run, in an order that can be repeated; what cannot be found is never green."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite


@pytest.fixture
def orders(suite: Suite) -> Suite:
    """Two features with twelve scenarios that note their names, in rules, outlines and neither."""
    for name in "ab":
        suite.write(
            f"features/{name}.feature",
            f"""
            Feature: {name}
              Scenario: 1
                Given {name}1 is noted
              @slow
              Scenario: 2
                Given {name}2 is noted
              Scenario Outline: 3
                Given {name}<n> is noted
                Examples:
                  | n  |
                  | 31 |
                  | 32 |
              Rule: r
                Scenario: 4
                  Given {name}4 is noted
                Scenario: 5
                  Given {name}5 is noted
            """,
        )
    return suite


def shuffled(suite: Suite, seed: int, *words: str) -> list[str]:
    """The order in which a seed runs what is selected."""
    done = suite.behave("-D", "order=random", "-D", f"seed={seed}", *words)
    assert done.returncode == 0, done.stdout
    assert f"Random order with -D seed={seed}." in done.stderr
    return suite.ran()


def test_the_order_is_as_written(orders: Suite) -> None:
    """Unless told otherwise, scenarios run as a reader meets them."""
    orders.behave()
    assert orders.ran() == [f"{name}{number}" for name in "ab" for number in (1, 2, 31, 32, 4, 5)]


def test_a_seed_repeats_its_order(orders: Suite) -> None:
    """The same seed gives the same order, seeds differ, and scenarios stay with their feature and rule."""
    runs = [shuffled(orders, seed) for seed in (1, 1, 2, 3, 4)]
    assert runs[0] == runs[1]
    assert len({tuple(run) for run in runs}) == 4
    for run in runs:
        assert sorted(run) == sorted(runs[0])
        assert len({word[0] for word in run[:6]}) == 1
        inside = [run.index("a4"), run.index("a5")]
        assert max(inside) - min(inside) == 1


def test_a_seed_orders_a_part_as_it_orders_the_whole(orders: Suite) -> None:
    """What is selected keeps its relative order, so that a smaller run repeats what a larger one showed."""
    whole = shuffled(orders, 5)
    part = shuffled(orders, 5, "--tags=not @slow")
    assert part == [word for word in whole if word not in {"a2", "b2"}]


def test_a_seed_is_drawn_and_told(orders: Suite) -> None:
    """Without a seed the order is drawn by chance, and the seed printed."""
    done = orders.behave("-D", "order=random")
    seed = done.stderr.rpartition("seed=")[2].rstrip(".\n")
    assert orders.ran() == shuffled(orders, int(seed))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--tags=@slwo"], ["(of 12 scenarios)", "--tags='@slwo'", "Did you mean 'slow'?"]),
        (["--tags=@slow", "--name=nobody"], ["--tags='@slow'", "--name='nobody'"]),
        (["--name=5x"], ["--name='5x'"]),
        (["--exclude=feature"], ["no feature file is left", "--exclude='feature'"]),
        (["features/a.feature:3", "--tags=@slow"], ["features/a.feature:3"]),
        (["--tags=@slow and not @slow", "--dry-run"], ["--tags='@slow and not @slow'"]),
    ],
)
def test_nothing_selected_is_an_error(orders: Suite, words: list[str], expected: list[str]) -> None:
    """A run of nothing fails, says which selection left nothing, and what was perhaps meant."""
    done = orders.behave(*words)
    assert done.returncode == 1
    for word in [*expected, "No scenario is selected", "Pass -D allow_empty"]:
        assert word in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_nothing_may_be_intended(orders: Suite) -> None:
    """With -D allow_empty a run of nothing is what behave makes of it."""
    assert orders.behave("--tags=@slwo", "-D", "allow_empty").returncode == 0


def test_unknown_settings_get_the_nearest_known(orders: Suite) -> None:
    """With a scope every -D must be one of its settings or the runner's; all faults are told, nothing is opened."""
    orders.with_scope()
    done = orders.behave("-D", "profle=remote", "-D", "profile=remot", "-D", "behave.own=1")
    assert done.returncode == 1
    assert "-D profle=remote: no setting has this name. Did you mean 'profile'?" in done.stderr
    assert "SCOPE OPEN" not in done.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["-D", "profile=remot"], "-D profile=remot is not a choice. Did you mean 'remote'?"),
        (["-D", "seed=many"], "-D seed=many: expected a whole number"),
        (["-D", "run_scope=scope:Skope"], "Did you mean 'Scope'?"),
        (["-D", "run_scope=skope:Scope"], "run_scope=skope:Scope cannot be imported"),
    ],
)
def test_bad_values_are_refused(orders: Suite, words: list[str], expected: str) -> None:
    """A value that is no choice is told with the nearest that is."""
    orders.with_scope()
    done = orders.behave(*words)
    assert (done.returncode, expected in done.stderr, "SCOPE OPEN" in done.stdout) == (1, True, False), done.stderr


@pytest.mark.parametrize("tags", ["@slwo", "not @slwo", "@slow or @slwo", "@slw*", "-@slwo"])
def test_unknown_tags_get_the_nearest_known(orders: Suite, tags: str) -> None:
    """With a scope a tag that nothing carries is an error, a negated one and a pattern too."""
    orders.with_scope()
    done = orders.behave(f"--tags={tags}")
    if tags == "@slw*":
        assert "nothing is tagged @slw*." in done.stderr
    else:
        assert "--tags: nothing is tagged @slwo. Did you mean 'slow'?" in done.stderr
    assert done.returncode == 1
    assert orders.ran() == []


@pytest.mark.parametrize("tags", ["@slow", "not @slow", "@sl*", "@slow,@other"])
def test_known_tags_are_known_wherever_they_stand(orders: Suite, tags: str) -> None:
    """A tag of a feature that is not selected is no mistake."""
    orders.with_scope()
    orders.write("features/other.feature", "@other\nFeature: o\n  Scenario: o\n    Given o is noted\n")
    assert orders.behave("features/a.feature", f"--tags={tags}").returncode == 0
    assert orders.ran()


def test_a_configuration_may_exclude_what_is_not_there_yet(orders: Suite) -> None:
    """Only the command line is asked for tags that exist."""
    orders.with_scope()
    orders.write("behave.ini", "[behave]\ndefault_tags = not @planned\n[behave.userdata]\nrun_scope = scope:Scope\n")
    assert orders.behave().returncode == 0


def test_locks_and_groups_that_cannot_be_are_refused_with_one_job_too(orders: Suite) -> None:
    """What runs today runs side by side tomorrow: the tag and its place are named, and nothing has run."""
    orders.with_scope()
    orders.write("features/z.feature", "Feature: z\n  @lock:\n  Scenario: z\n    Given z is noted\n")
    done = orders.behave()
    assert (done.returncode, orders.ran()) == (1, [])
    assert "@lock: at features/z.feature:3 names nothing. Write @lock:NAME." in done.stderr


def test_scenarios_that_cannot_be_told_apart_are_refused(orders: Suite) -> None:
    """Twins, equal rows and equal ids are named with both places, and with what to do."""
    orders.with_scope()
    orders.write(
        "features/twins.feature",
        """
        Feature: twins
          Scenario: same
            Given x is noted
          Scenario: same
            Given x is noted
          @id:mine
          Scenario: one
            Given x is noted
          @id:mine
          Scenario: other
            Given x is noted
          Scenario Outline: rows
            Given <x> is noted
            Examples:
              | x |
              | 1 |
              | 1 |
        """,
    )
    done = orders.behave()
    place = "features/twins.feature"
    assert f"{place}:2 and {place}:4 cannot be told apart: both are called 'same'. Rename one" in done.stderr
    assert f"{place}:7 and {place}:10 cannot be told apart: both carry @id:mine." in done.stderr
    assert f"{place}:16 and {place}:17 cannot be told apart: 'rows' has two equal rows (1)." in done.stderr
    assert (done.returncode, orders.ran()) == (1, [])
