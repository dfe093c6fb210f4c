"""The runs of the truth table, each taken once for all of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .running import OUR_RUNNER, Outcome, Suite
from .runs import RUNS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="session")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Outcome]:
    """What a run of the table, named, has come to with our formatter; by default with behave's own runner."""
    taken: dict[tuple[str, str], Outcome] = {}

    def of(name: str, runner: str = "") -> Outcome:
        if (name, runner) not in taken:
            taken[name, runner] = RUNS[name].take(tmp_path_factory.mktemp("suite"), runner=runner)
        return taken[name, runner]

    return of


@pytest.fixture(params=["", OUR_RUNNER], ids=["behave's runner", "our runner"])
def runner(request: pytest.FixtureRequest) -> str:
    """Both runners in turn."""
    return str(request.param)


@pytest.fixture
def suite(tmp_path: Path) -> Suite:
    """An empty suite."""
    return Suite(tmp_path)
