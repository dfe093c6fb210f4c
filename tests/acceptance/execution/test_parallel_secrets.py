"""What a worker has learnt, everybody knows: nobody prints a secret, whatever becomes of the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.acceptance.execution.ours import OurSuite

SECRET = "late-canary-code"
LEARNING = f"""
    context.config.run_scope.redactor.add("{SECRET}")
    print("it is", "{SECRET}")
"""
STEPS = f"""
import os, signal
from behave import step

@step("a secret is learnt by one who dies")
def learnt(context):
    context.config.run_scope.redactor.add("{SECRET}")
    os.kill(os.getpid(), signal.SIGKILL)

@step("it is printed")
def printed(context):
    print("it is", "{SECRET}")
    raise OSError("to have it shown")
"""


@pytest.mark.parametrize("hook", ["before_all", "before_feature", "after_feature", "after_all"])
def test_a_secret_that_a_hook_learns_is_printed_by_nobody(ours: OurSuite, hook: str) -> None:
    """What a worker prints is cleaned by its conductor, which therefore has to know of it before."""
    file = ours.folder / "environment.py"
    body = LEARNING if hook.endswith("all") else LEARNING.replace("print(", "print(feature.name, ")
    text = file.read_text()
    if hook.endswith("all"):
        text = text.replace(f"    hooks.{hook}(context)\n", f"    hooks.{hook}(context)\n{body}")
    else:
        text += f"\ndef {hook}(context, feature):\n{body}"
    file.write_text(text)
    done = ours.behave("-j", "2", "-n", "good", "-f", "plain", "--no-capture", "--no-capture-hooks")
    assert "it is [redacted]" in done.stdout.replace("Shop it is", "it is"), done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr


def test_a_secret_that_a_dying_worker_learnt_is_known(ours: OurSuite) -> None:
    """It travels as soon as it is learnt, and not with the outcome that never comes: who comes next knows it."""
    (ours.folder / "steps/secret.py").write_text(STEPS)
    (ours.folder / "features/a.feature").write_text(
        "Feature: F\n  @group:g\n  Scenario: dies\n    Given a secret is learnt by one who dies\n"
        "  @group:g\n  Scenario: prints\n    Given it is printed\n"
    )
    done = ours.behave("-D", "retries=1", "-f", "plain")
    record = (ours.folder / "reports" / "latest" / "record.jsonl").read_text()
    assert "it is [redacted]" in record, done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr + record
