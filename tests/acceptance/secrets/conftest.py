"""A tiny suite with a secret in every channel, run by the real behave against a system of its own."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from support.record import read_record

from .files import DESCRIPTION, FEATURE, FRONT, HOOKS, STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from support.record import ScenarioRecord

ROOT = Path(__file__).parents[3]

KNOWN = (
    "query", "request_body", "request_header", "response_body", "response_header", "sql", "sql_literal", "sql_error",
    "message", "mail_subject", "mail_text", "mail_html", "cache", "url", "typed", "local_storage", "console",
    "page_query", "page_body", "page_error", "service_log", "stdout", "stderr", "logging", "action", "span",
    "attachment", "attachment_name", "allure_step", "assertion", "cause", "error", "setting",
)  # fmt: skip
"""Channels through which a secret of the system travels: its value is known, it may stand in any notation."""

NAMED = (
    "query", "request_body", "request_header", "request_cookie", "personal", "response_body", "set_cookie", "sql",
    "sql_literal", "sql_error", "message", "message_header", "mail", "mail_link", "cache", "url", "fragment", "typed",
    "card", "document_cookie", "local_storage", "console", "page_query", "page_header", "page_body", "page_error",
    "private_text", "csrf", "service_log", "stdout", "stderr", "logging", "action", "span", "attachment",
    "allure_parameter", "learnt", "assertion", "error", "setting",
)  # fmt: skip
"""Channels through which a secret travels that nobody knows: only the name beside it tells that it is one."""


class Suite:
    """The suite, its canaries, and where a run leaves what it leaves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known = {channel: f"K'{secrets.token_hex(6)}\"é/+<&>" for channel in KNOWN}
        self.named = {channel: f"N{secrets.token_hex(9)}" for channel in NAMED} | {"card": "4111111111111111"}
        self.write("environment.py", HOOKS)
        self.write("steps/steps.py", STEPS)
        self.write("features/secrets.feature", FEATURE)
        self.write("behave.ini", (ROOT / "behave.ini").read_text())
        self.write("front.py", FRONT)
        given = "".join(f'\n{channel} = "environment:CANARY_{channel.upper()}"' for channel in KNOWN)
        self.write("system.toml", dedent(DESCRIPTION) + given)

    @property
    def canaries(self) -> Mapping[str, str]:
        """Every canary, and what it is."""
        named = {value: f"named {channel}" for channel, value in self.named.items()}
        return {value: f"known {channel}" for channel, value in self.known.items()} | named

    def write(self, path: str, text: str) -> None:
        """Write a file, its text without the indentation."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(text), encoding="utf-8")

    def only(self, scenario: str) -> None:
        """Have one scenario only."""
        rest = FEATURE.partition(f"Scenario: {scenario}\n")[2].partition("\n\n")[0]
        self.write("features/secrets.feature", f"Feature: F\n  Scenario: {scenario}\n{rest}\n")

    def scenarios(self, steps: Mapping[str, Sequence[str]]) -> None:
        """Have scenarios of these names, with these steps."""
        told = ("\n    ".join([f"  Scenario: {name}", *lines]) for name, lines in steps.items())
        self.write("features/secrets.feature", "\n".join(["Feature: F", *told, ""]))

    def scenario(self, *steps: str) -> None:
        """Have one scenario of these steps."""
        self.scenarios({"S": steps})

    def outcomes(self) -> Mapping[str, ScenarioRecord]:
        """What became of each scenario of the last run, by its name."""
        return {each.name: each for each in read_record(self.folder / "reports" / "latest" / "record.jsonl").outcomes}

    def behave(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run behave, without pages unless told; what it prints is written beside what it leaves."""
        told = {f"CANARY_{channel.upper()}": value for channel, value in self.known.items()}
        told["CANARIES"] = json.dumps({"known": self.known, "named": self.named})
        command = [sys.executable, "-m", "behave", "-D", "profile=local", "-D", "report=false", *words]
        environment = {**os.environ, **told, "PYTHONPATH": str(ROOT)}
        result = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, env=environment, timeout=300
        )
        (self.folder / "reports").mkdir(exist_ok=True)
        for name in ("stdout", "stderr"):
            (self.folder / "reports" / f"{name}.txt").write_text(getattr(result, name), encoding="utf-8")
        return result


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    """A suite with canaries of its own."""
    return Suite(tmp_path)
