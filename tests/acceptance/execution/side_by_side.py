"""Suites for running side by side, and how two outputs of them are compared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.execution.conftest import Suite

JOBS = ("2", "4", "8")

STEPS = '''
    import os, pathlib, signal, sys, threading, time
    from behave import step

    @step('it prints "{text}"')
    def it_prints(context, text):
        """Print, to both streams."""
        print(text)
        print("error:", text, file=sys.stderr)

    @step('it attaches "{text}"')
    def it_attaches(context, text):
        """Attach bytes."""
        context.attach("text/plain", text.encode())

    @step("it runs other steps")
    def it_runs_other_steps(context):
        """Run two steps inside of one."""
        context.execute_steps("Given a basket\\nWhen all is well")

    @step("it runs steps that fail")
    def it_runs_steps_that_fail(context):
        """Run a step that fails inside of one."""
        context.execute_steps("Then it is 3")

    @step("it aborts the run")
    def it_aborts(context):
        """Let nothing run any more."""
        context.abort(reason="enough")

    @step("it skips the rest")
    def it_skips_the_rest(context):
        """Skip this scenario from inside."""
        context.scenario.skip("seen enough")

    @step("its clean-up fails")
    def its_clean_up_fails(context):
        """Leave a clean-up that fails."""
        context.add_cleanup(fail, "the scenario's clean-up")

    @step("it passes at its {count:d}. attempt")
    def it_passes_later(context, count):
        """Fail until it has been tried so often."""
        file = pathlib.Path(context.scenario.name + ".tries")
        tries = len(file.read_text()) + 1 if file.exists() else 1
        file.write_text("x" * tries)
        assert tries >= count, f"attempt {tries}"

    @step("it takes {seconds:f} s")
    def it_takes(context, seconds):
        """Take some time."""
        threading.Event().wait(seconds)

    @step("it hangs")
    def it_hangs(context):
        """Never end."""
        threading.Event().wait()

    def fail(what):
        raise OSError(f"{what} failed")
'''

BASKET = """
    @shop
    Feature: Basket
      Prose.

      Background: ready
        Given a basket

      @quick
      Scenario: passes
        When all is well

      Scenario: fails
        Given it prints "before the failure"
        Then it is 2
        When all is well

      Scenario: breaks
        When it breaks

      Scenario: speaks unknown words
        When all are well
        Then it is 1

      Scenario Outline: rows of <n>
        Then it is <n>

        @small
        Examples: small
          | n |
          | 1 |
          | 2 |

      Rule: a rule
        Background: of the rule
          When all is well

        @quick
        Scenario: in a rule
          Then it is 1
            | a | b |
            | 1 | 2 |

        Scenario: fails in a rule
          Then it is 3
            '''
            text
            '''

      Rule: another
        Scenario: without steps

        Scenario: skips itself
          Given it skips the rest
          Then it is 2
"""

SPEECH = """
    Feature: Speech
      Scenario: prints
        Given it prints "hello"
        When all is well

      @quick
      Scenario: attaches
        Given it attaches "a text"
        Then it is 1

      Scenario: nests
        When it runs other steps
        Then it is 1

      Scenario: nests a failure
        When it runs steps that fail

      @unwanted
      Scenario: unwanted
        Then it is 2

      Scenario: unclean
        When its clean-up fails
"""

GREEN = """
    @green
    Feature: Green
      @quick
      Scenario: well
        When all is well
      Scenario: well again
        When all is well
      Rule: here too
        @inner
        Scenario: still well
          When all is well
"""

HOOKS = """
    from behave.contrib.scenario_autoretry import patch_scenario_with_autoretry

    def before_feature(context, feature):
        print("hook: before", feature.name)
        context.add_cleanup(print, "cleaned up after", feature.name)

    def before_rule(context, rule):
        print("hook: before", rule.name)

    def before_scenario(context, scenario):
        print("hook: before", scenario.name)
        if "unwanted" in scenario.tags:
            scenario.skip("nobody wants it")

    def after_step(context, step):
        print("hook: after", step.name)

    def after_scenario(context, scenario):
        print("hook: after", scenario.name, scenario.status.name)

    def after_feature(context, feature):
        print("hook: after", feature.name)
"""

_TIMES = re.compile(r"\d+\.\d+s|\d+m\d+\.\d+s|took \d+min|USING RUNNER.*")
_FIELDS = re.compile(r'("duration": )[^,}\s]+|( (?:time|timestamp)=)"[^"]*"')


def told(text: str) -> str:
    """What behave said or wrote, without the times."""
    return _FIELDS.sub(r"\1\2-", _TIMES.sub("-", text))


def with_steps(suite: Suite) -> Suite:
    """The suite, with the steps of this module beside its own."""
    suite.write("features/steps/more.py", STEPS)
    return suite


def everything(suite: Suite, hooks: str = HOOKS) -> Suite:
    """The suite, with everything that Gherkin and behave have."""
    with_steps(suite)
    suite.write("features/basket.feature", BASKET)
    suite.write("features/green.feature", GREEN)
    suite.write("features/speech.feature", SPEECH)
    suite.write("features/environment.py", hooks)
    return suite


def outcome(suite: Suite, jobs: str, *words: str, files: str = "") -> tuple[int, str, str, dict[str, str]]:
    """Exit status, output, errors and written files (of a folder) of a run with so many jobs, without the times."""
    for file in _written(suite.folder, files):
        file.unlink()
    for file in suite.folder.glob("*.tries"):
        file.unlink()
    done = suite.behave("-j", jobs, *words)
    suite.ran()
    written = {file.name: told(file.read_text()) for file in _written(suite.folder, files)}
    return done.returncode, told(done.stdout), told(done.stderr), written


def _written(folder: Path, name: str) -> list[Path]:
    return sorted((folder / name).iterdir()) if name and (folder / name).is_dir() else []
