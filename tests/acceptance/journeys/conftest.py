from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.record import Run, read_record
from support.system import SystemClient, load

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[3]


@dataclass(frozen=True)
class Suite:
    """Our own suite, run by `behave` as a user would, against a system of the tests' own that stays up."""

    reports: Path

    def command(self, *arguments: str) -> list[str]:
        """The command line of a run whose reports go to a folder of the test's own."""
        return [
            sys.executable,
            "-m",
            "behave",
            *arguments,
            "-f",
            "plain",
            "--no-color",
            "-D",
            "report=false",
            "-D",
            f"reports={self.reports}",
        ]

    def behave(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run behave to its end."""
        return subprocess.run(self.command(*arguments), cwd=ROOT, capture_output=True, text=True, check=False)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start behave, to be killed."""
        return subprocess.Popen(
            self.command(*arguments), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True
        )

    def record(self) -> Run:
        """What the last run wrote down."""
        return read_record(self.reports / "latest" / "record.jsonl")


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SystemClient]:
    """The storefront, kept up for the tests of a module and apart from one that a developer keeps up."""
    before, os.environ["XDG_RUNTIME_DIR"] = os.environ.get("XDG_RUNTIME_DIR"), _short_folder(tmp_path_factory)
    up = [sys.executable, "-m", "support", "up"]
    down = [sys.executable, "-m", "support", "down"]
    started = subprocess.run(up, cwd=ROOT, capture_output=True, text=True, check=False)
    assert started.returncode == 0, started.stdout + started.stderr
    try:
        client = SystemClient.attach(load(ROOT / "system.toml"), profile="embedded", run_id="onlooker")
        assert client is not None
        yield client
        client.close()
    finally:
        stopped = subprocess.run(down, cwd=ROOT, capture_output=True, text=True, check=False)
        os.environ.pop("XDG_RUNTIME_DIR")
        if before is not None:
            os.environ["XDG_RUNTIME_DIR"] = before
    assert stopped.stdout == "stopped\n", stopped.stdout + stopped.stderr


@pytest.fixture
def suite(system: SystemClient, tmp_path: Path) -> Suite:  # noqa: ARG001 - it has to be up
    """Our suite with reports in a folder of the test's own."""
    return Suite(tmp_path / "reports")


def _short_folder(factory: pytest.TempPathFactory) -> str:
    """A folder for sockets: their paths must be short."""
    folder = factory.mktemp("run", numbered=True)
    folder.chmod(0o700)
    return str(folder)
