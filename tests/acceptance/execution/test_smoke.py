"""Smoke first: a sick system is found in seconds, and the rest does not start."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.record import read_record

if TYPE_CHECKING:
    from tests.acceptance.execution.conftest import Suite


@pytest.fixture
def shop(suite: Suite) -> Suite:
    """A feature without smoke, one with smoke inside a rule, and one that is smoke, in this order."""
    suite.with_scope()
    suite.write(
        "features/a.feature",
        """
        Feature: a
          Scenario: a1
            Given a1 is noted
        """,
    )
    suite.write(
        "features/b.feature",
        """
        Feature: b
          Scenario: b1
            Given b1 is noted
          Rule: r
            Scenario: b2
              Given b2 is noted
            @smoke
            Scenario: b3
              Given b3 is noted
              Then it is 1
        """,
    )
    suite.write(
        "features/c.feature",
        """
        @smoke
        Feature: c
          Scenario: c1
            Given c1 is noted
        """,
    )
    return suite


def sicken(suite: Suite) -> None:
    """Make the smoke scenario b3 fail."""
    file = suite.folder / "features/b.feature"
    file.write_text(file.read_text().replace("it is 1", "it is 2"))


def test_smoke_runs_first(shop: Suite) -> None:
    """Features with smoke come first, and inside each the rules and scenarios with smoke."""
    assert shop.behave().returncode == 0
    assert shop.ran() == ["b3", "b2", "b1", "c1", "a1"]


def test_smoke_is_first_in_a_random_order_too(shop: Suite) -> None:
    """Chance does not come before health."""
    for seed in range(4):
        shop.behave("-D", "order=random", "-D", f"seed={seed}")
        ran = shop.ran()
        assert ran[-1] == "a1"
        assert ran.index("b3") < min(ran.index("b1"), ran.index("b2"))


def test_after_a_failed_smoke_the_rest_does_not_start(shop: Suite) -> None:
    """The other smoke scenarios still run; everything else is not run, with the reason, and the exit status is 1."""
    sicken(shop)
    done = shop.behave()
    assert (done.returncode, shop.ran()) == (1, ["b3", "c1"])
    run = read_record(shop.folder / "reports/record.jsonl")
    reason = "Not started, because smoke failed: 'b3' (features/b.feature:8)."
    assert {each.name: each.reason for each in run.outcomes if each.verdict == "not run"} == dict.fromkeys(
        ["a1", "b1", "b2"], reason
    )
    assert reason in done.stderr
    assert "3 not run  " + reason in done.stdout
    assert "Feature: a" not in done.stdout


def test_a_failing_hook_around_smoke_is_a_failed_smoke(shop: Suite) -> None:
    """If the smoke scenarios cannot even start, nothing else does."""
    shop.with_scope(
        "\ndef before_feature(context, feature):\n    if feature.name == 'b':\n        raise OSError('sick')\n"
    )
    done = shop.behave()
    assert (done.returncode, shop.ran()) == (1, ["c1"])
    assert "smoke failed: 'b3'" in done.stderr


@pytest.mark.parametrize("words", [["--tags=@smoke"], ["--tags=not @smoke"], ["-D", "smoke_first=false"]])
def test_smoke_alone_and_no_smoke_run_as_written(shop: Suite, words: list[str]) -> None:
    """Only where smoke and others are selected, and nobody has said otherwise, does smoke decide."""
    sicken(shop)
    done = shop.behave(*words)
    assert "Not started" not in done.stderr
    ran = shop.ran()
    assert ran == sorted(ran)


def without_scope(suite: Suite) -> Suite:
    """The same suite as somebody else's."""
    for file in ("behave.ini", "features/environment.py"):
        (suite.folder / file).unlink()
    return suite


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_foreign_suite_is_stopped_by_its_smoke_too(shop: Suite, jobs: str) -> None:
    """Without a scope the reason is told on stderr, and the exit status is 1; with workers as without."""
    sicken(shop)
    done = without_scope(shop).behave("-j", jobs)
    assert (done.returncode, sorted(shop.ran()), "smoke failed: 'b3'" in done.stderr) == (1, ["b3", "c1"], True)


def test_workers_run_smoke_before_anything_else(shop: Suite) -> None:
    """What is not smoke begins when all smoke has passed, and then all of it runs."""
    done = without_scope(shop).behave("-j", "3")
    ran = shop.ran()
    assert (done.returncode, sorted(ran[:2]), sorted(ran[2:])) == (0, ["b3", "c1"], ["a1", "b1", "b2"])


def test_a_failing_hook_around_smoke_stops_workers_too(shop: Suite) -> None:
    """If a smoke scenario cannot even start, nothing begins that is none."""
    without_scope(shop).write(
        "features/environment.py",
        """
        def before_feature(context, feature):
            if feature.name == 'b':
                raise OSError('sick')
        """,
    )
    done = shop.behave("-j", "3")
    assert (done.returncode, shop.ran(), "smoke failed: 'b3'" in done.stderr) == (1, ["c1"], True)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_smoke_that_a_hook_skips_is_no_failed_smoke(shop: Suite, jobs: str) -> None:
    """What is not smoke runs, and may fail; also where the smoke stands in a rule."""
    suite = without_scope(shop)
    for file in (suite.folder / "features").glob("*.feature"):
        file.unlink()
    suite.write("features/a.feature", "@smoke\nFeature: a\n  Rule: r\n    Scenario: s\n      Given s is noted\n")
    suite.write("features/b.feature", "Feature: b\n  Scenario: red\n    Given red is noted\n    Then it is 2\n")
    hook = "if feature.name == 'a': feature.skip('not on this machine')"
    suite.write("features/environment.py", f"def before_feature(context, feature):\n    {hook}\n")
    done = suite.behave("-j", jobs)
    assert (done.returncode, suite.ran(), "Not started" in done.stderr) == (1, ["red"], False)


def test_a_scope_that_knows_no_workers_says_so(shop: Suite) -> None:
    """A scope of an earlier day is not used where it cannot be."""
    done = shop.behave("-j", "2")
    assert (done.returncode, shop.ran()) == (1, [])
    assert "Scope has no staff: it knows no workers. Run with one job (-j 1)." in done.stderr


def test_a_dry_run_shows_everything(shop: Suite) -> None:
    """Looking at the order is not stopped by health."""
    done = shop.behave("--dry-run")
    assert done.stdout.index("Scenario: b3") < done.stdout.index("Scenario: a1")


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_smoke_that_fails_again_still_stops_the_rest(shop: Suite, jobs: str) -> None:
    """Its other attempt is waited for, and comes before anything else."""
    sicken(shop)
    done = without_scope(shop).behave("-j", jobs, "-D", "retries=1")
    assert (done.returncode, sorted(shop.ran())) == (1, ["b3", "b3", "c1"])
    assert "smoke failed: 'b3'" in done.stderr


def test_smoke_that_passes_at_last_lets_the_rest_run(shop: Suite) -> None:
    """As soon as the last smoke scenario has passed, with how many attempts ever."""
    flaky = "import pathlib\ndef before_scenario(context, scenario):\n    context.tries = pathlib.Path('tries')\n"
    step = "from behave import then\n@then('it passes at last')\ndef passes(context):\n"
    body = "    known = context.tries.exists()\n    context.tries.touch()\n    assert known\n"
    without_scope(shop).write("features/environment.py", flaky)
    shop.write("features/steps/last.py", step + body)
    file = shop.folder / "features/b.feature"
    file.write_text(file.read_text().replace("it is 1", "it passes at last"))
    done = shop.behave("-j", "3", "-D", "retries=1")
    ran = shop.ran()
    assert (done.returncode, sorted(ran[:3]), sorted(ran[3:])) == (0, ["b3", "b3", "c1"], ["a1", "b1", "b2"])
