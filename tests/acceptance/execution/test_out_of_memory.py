"""A worker that the kernel ends as there is no memory left is told as such."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.acceptance.execution.test_parallel_deaths import statuses, suite_with

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.acceptance.execution.conftest import Suite

GROUPS = {"memory/{}": "memory.limit_in_bytes", "{}": "memory.max"}
STEP = """
import os
from behave import step

@step("it fills the memory")
def fills(context):
    with open("{group}/cgroup.procs", "w") as members:
        members.write(str(os.getpid()))
    filled = []
    while len(filled) < 100:
        filled.append(bytearray(10_000_000))
"""


@pytest.fixture
def group() -> Iterator[Path]:
    """A control group with little memory; skips where none may be made."""
    for place, limit in GROUPS.items():
        folder = Path("/sys/fs/cgroup", place.format(f"rehearsal-test-{os.getpid()}"))
        try:
            folder.mkdir()
        except OSError:
            continue
        try:
            (folder / limit).write_text(str(100_000_000))
            yield folder
        except OSError:
            continue
        else:
            return
        finally:
            folder.rmdir()
    pytest.skip("no control group with a limit may be made here")


def test_a_worker_without_memory_is_told_as_that(suite: Suite, group: Path) -> None:
    """The scenario is broken on its step with that reason, and the others run on."""
    suite_with(suite)
    suite.write("features/steps/fills.py", STEP.format(group=group))
    suite.write("features/c.feature", "Feature: c\n  Scenario: c0\n    When it fills the memory\n")
    found, status, said = statuses(suite)
    assert (status, found.pop("c0"), set(found.values())) == (1, "error", {"passed"})
    assert (
        "WorkerDied: The process that ran this scenario was killed by SIGKILL, as the machine ran out of memory" in said
    )
