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


@pytest.fixture(scope="session")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The runtime folder of a storefront that is kept up for all tests, apart from one that a developer keeps up."""
    folder = _short_folder(tmp_path_factory)
    _support("up", folder)
    yield folder
    assert _support("down", folder) == "stopped\n"


@pytest.fixture(scope="module")
def system(runtime: str) -> Iterator[SystemClient]:
    """The storefront, found by whatever the tests of a module start."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", runtime)
        client = SystemClient.attach(load(ROOT / "system.toml"), profile="embedded", run_id="onlooker")
        assert client is not None
        yield client
        client.close()


@pytest.fixture
def suite(system: SystemClient, tmp_path: Path) -> Suite:  # noqa: ARG001 - it has to be up
    """Our suite with reports in a folder of the test's own."""
    return Suite(tmp_path / "reports")


def _short_folder(factory: pytest.TempPathFactory) -> str:
    """A folder for sockets: their paths must be short."""
    folder = factory.mktemp("run", numbered=True)
    folder.chmod(0o700)
    return str(folder)


def _support(word: str, runtime: str) -> str:
    environment = {**os.environ, "XDG_RUNTIME_DIR": runtime}
    command = [sys.executable, "-m", "support", word]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
