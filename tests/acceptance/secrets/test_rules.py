"""What a suite says of its own secrets: rules in system.toml, values learnt late, and what its hooks print."""

from __future__ import annotations

import os
import subprocess
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from support.record import read_record

from .conftest import ROOT
from .files import HOOKS

if TYPE_CHECKING:
    from pathlib import Path

    from support.record import ScenarioRecord

DESCRIPTION = """
    [system]
    name = "till"
    [parts]
    [redaction]
    personal = ["name"]
    kept = ["token_type"]
    patterns = ["CUST-[0-9]{6}"]
"""

STEPS = """
    import json
    from behave import when
    from support.core import Exhibit

    @when("{customer} pays")
    def pays(context, customer):
        told = {"name": "Ada Lovelace", "file_name": "receipt.pdf", "token_type": "bearer", "token": "hunter2hunter2",
                "customer": customer}
        context.world.evidence.keep(Exhibit("till", f"{customer} paid", json.dumps(told), "application/json", told))
        print(f"{customer} has paid")
        raise AssertionError(f"{customer} got no receipt")

    @when("a code is shown before anybody knows that it is secret")
    def shown(context):
        world = context.world
        with world.action("read late-canary-code"):
            code = "late-canary-code"
            world.evidence.keep(Exhibit("mail", code, f"Your code: {code}", data={"x": [code]}))
        print(code)
        world.evidence.hide(code)
        raise AssertionError(f"{code} was not taken")
"""

PRINTING = """
    import sys
    from support import hooks

    def told(when):
        print(f"{when}: password=hunter2hunter2 CUST-123456 and", end=" ")
        print("late-canary-code")
        print(f"{when}: token: CUST-123456", file=sys.stderr)

    def before_all(context):
        hooks.before_all(context)
        context.config.run_scope.redactor.add("late-canary-code")
        told("before_all")

    def before_scenario(context, scenario):
        hooks.before_scenario(context, scenario)
        told("before_scenario")

    def after_scenario(context, scenario):
        told("after_scenario")
        hooks.after_scenario(context, scenario)

    def after_all(context):
        told("after_all")
        hooks.after_all(context)
"""


class Till:
    """A suite without a system, and with rules of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("system.toml", DESCRIPTION)
        self.write("steps/steps.py", STEPS)
        self.write("environment.py", HOOKS)
        self.write("behave.ini", (ROOT / "behave.ini").read_text())

    def write(self, path: str, text: str) -> None:
        """Write a file, its text without the indentation."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")

    def behave(self, step: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one scenario of one step."""
        self.write("features/till.feature", f"Feature: F\n  Scenario: S\n    {step}\n")
        return subprocess.run(
            [sys.executable, "-m", "behave", "-D", "report=false", *words],
            cwd=self.folder, capture_output=True, text=True, check=False, timeout=300,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip

    @property
    def outcome(self) -> ScenarioRecord:
        """What the record says of the scenario."""
        (outcome,) = read_record(self.folder / "reports" / "latest" / "record.jsonl").outcomes
        return outcome

    @property
    def texts(self) -> str:
        """All that the run has left, as one text."""
        return "\n".join(path.read_text() for path in (self.folder / "reports").rglob("*") if path.is_file())


@pytest.fixture
def till(tmp_path: Path) -> Till:
    """A suite of the test's own."""
    return Till(tmp_path)


def test_every_rule_of_system_toml_does_its_work(till: Till) -> None:
    """A personal field goes and its longer namesake stays, a kept one stays, a pattern goes wherever it stands."""
    result = till.behave("When CUST-123456 pays")
    (exhibit,) = (each for each in till.outcome.evidence if each.kind == "till")
    assert exhibit.data == {
        "name": "[redacted]", "file_name": "receipt.pdf", "token_type": "bearer", "token": "[redacted]",
        "customer": "[redacted]",
    }  # fmt: skip
    assert exhibit.summary == "[redacted] paid"
    assert "[redacted] got no receipt" in till.outcome.steps[0].error
    for text in (till.texts, result.stdout + result.stderr):
        assert "Lovelace" not in text
        assert "hunter2" not in text
        assert "CUST-123456" not in text
    assert "bearer" in till.texts
    assert "receipt.pdf" in till.texts


def test_a_value_that_was_shown_before_it_was_hidden_is_found_nowhere(till: Till) -> None:
    """Evidence, actions, output, results and JUnit XML are written after the scenario: they know better by then."""
    result = till.behave("When a code is shown before anybody knows that it is secret", "-D", "evidence=all")
    assert till.outcome.actions[0].title == "read [redacted]"
    assert "late-canary" not in till.texts
    assert "late-canary" not in result.stdout + result.stderr
    assert "Secrets stand" not in result.stdout + result.stderr


@pytest.mark.parametrize("more", [(), ("-f", "plain", "--no-capture"), ("--capture-hooks",)])
def test_what_hooks_print_is_clean(till: Till, more: tuple[str, ...]) -> None:
    """On both streams, whether behave captures or not; and everything that was printed is there."""
    till.write("environment.py", PRINTING)
    result = till.behave("When Ada pays", *more)
    told = result.stdout + result.stderr
    assert "hunter2" not in told
    assert "late-canary" not in told
    assert "CUST-123456" not in told
    if not more or "--no-capture" in more:
        for when in ("before_all", "before_scenario", "after_scenario", "after_all"):
            assert f"{when}: password=[redacted] [redacted] and [redacted]\n" in result.stdout
            assert f"{when}: token: [redacted]\n" in result.stderr
