"""What a worker has learnt, everybody knows: nobody prints a secret, whatever becomes of the worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.reporting._leaks import find_leaks

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

ONE_LEARNS = f"""
import os, pathlib
from behave import step
from support.core import Exhibit, wait_until

def both_have_come():
    pathlib.Path(f"{{os.getpid()}}.came").touch()
    wait_until(lambda: len([*pathlib.Path().glob("*.came")]) > 1, limit=20, what="a scenario of the other worker")

def comes(name):
    wait_until(pathlib.Path(name).exists, limit=20, what=name)

@step("it is shown, and learnt by another")
def shown(context):
    context.world.evidence.keep(Exhibit("note", "{SECRET}", "{SECRET}"))
    print("it is", "{SECRET}")
    pathlib.Path("shown").touch()
    comes("learnt")
    raise OSError("not taken: {SECRET}")

@step("it is learnt when another has shown it")
def learnt(context):
    comes("shown")
    context.world.evidence.hide("{SECRET}")
    pathlib.Path("learnt").touch()
    record = context.config.run_scope.record.path
    wait_until(lambda: '"note"' in record.read_text(), limit=20, what="the other has ended")

@step("it is known and printed")
def printed(context):
    both_have_come()
    assert "{SECRET}" in context.config.run_scope.redactor.secrets
    context.world.evidence.keep(Exhibit("note", "{SECRET}", "{SECRET}"))
    print("it is", "{SECRET}")
    raise OSError("to have it shown")
"""

LATER = f"""
import io, pathlib, zipfile
from behave import step
from support.core import Exhibit, wait_until

@step("it is kept")
def kept(context):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "{SECRET}")
    context.world.evidence.keep(Exhibit("note", "{SECRET}", "{SECRET}"))
    context.world.evidence.keep(Exhibit("trace", "a picture", packed.getvalue(), "application/zip"))

@step("it is learnt when that is written")
def learnt(context):
    record = context.config.run_scope.record.path
    wait_until(lambda: '"note"' in record.read_text(), limit=20, what="the other has ended")
    context.world.evidence.hide("{SECRET}")
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


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_what_was_written_before_it_was_known_to_be_secret_is_cleaned_at_the_end(ours: OurSuite, jobs: str) -> None:
    """In the record, in files and in archives, whoever learns it: whose turn came first fails no run."""
    (ours.folder / "steps/secret.py").write_text(LATER)
    (ours.folder / "features/a.feature").write_text(
        "Feature: a\n  Scenario: a\n    Given it is kept\n  Scenario: b\n    Given it is learnt when that is written\n"
    )
    done = ours.behave("-j", jobs, "-D", "evidence=all")
    assert done.returncode == 0, done.stdout + done.stderr
    assert find_leaks(ours.folder / "reports/latest", [SECRET]) == []
    kept = next(each for each in ours.record.scenarios if each.name == "a")
    assert [each.summary for each in kept.evidence] == ["[redacted]", "a picture"]
    assert [each.verdict for each in ours.record.scenarios] == ["passed", "passed"]


def test_what_one_learns_the_others_keep_to_themselves(ours: OurSuite) -> None:
    """Nobody who knows it later tells it: neither who showed it and was still at it, nor who comes next anywhere."""
    (ours.folder / "steps/secret.py").write_text(ONE_LEARNS)
    (ours.folder / "features/a.feature").unlink()
    for name, step in (("a", "it is shown, and learnt by another"), ("b", "it is learnt when another has shown it")):
        text = f"Feature: {name}\n  Scenario: {name}\n    Given {step}\n"
        (ours.folder / f"features/{name}.feature").write_text(text)
    later = "".join(f"  Scenario: {number}\n    Given it is known and printed\n" for number in range(6))
    (ours.folder / "features/c.feature").write_text(f"Feature: c\n{later}")
    done = ours.behave("-j", "2", "-f", "plain", "-D", "evidence=all")
    assert {each.worker for each in ours.record.scenarios if each.feature == "c"} == {"worker 1", "worker 2"}
    left = [path for path in (ours.folder / "reports/latest").rglob("*") if path.is_file()]
    assert [path for path in left if SECRET.encode() in path.read_bytes()] == []
    assert done.stdout.count("it is [redacted]") == 7, done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert "Secrets stand" not in done.stderr
