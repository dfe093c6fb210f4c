"""Nothing that a run writes for itself outlives it, also when it is killed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from support.core import wait_until
from tests.acceptance.bad_input.conftest import run
from tests.acceptance.execution.test_dead_browsers import FEATURE, STEPS, executable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.acceptance.execution.ours import OurSuite

KILLED = """
@step("the run is killed")
def run_is_killed(context):
    os.kill(os.getppid() if context.config.run_scope.worker else os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path]]:
    """Temporary and runtime directory of what a test starts; their paths are short, as sockets want them."""
    with TemporaryDirectory(prefix="rk-") as folder:
        temporary, runtime = Path(folder) / "tmp", Path(folder) / "run"
        for name, place in {"TMPDIR": temporary, "XDG_RUNTIME_DIR": runtime}.items():
            place.mkdir(mode=0o700)
            monkeypatch.setenv(name, str(place))
        yield temporary, runtime / "rehearsal"


@contextmanager
def kept_up(ours: OurSuite) -> Iterator[None]:
    """The suite's system stays up meanwhile."""
    assert run(ours.folder, ["-m", "support", "up"]).returncode == 0
    try:
        yield
    finally:
        run(ours.folder, ["-m", "support", "down"])


def kill(ours: OurSuite, jobs: int) -> None:
    """A run that is killed while a browser is open."""
    (ours.folder / "steps/windows.py").write_text(STEPS + KILLED)
    feature = FEATURE.replace("something is {how} of a browser that is killed", "the run is killed")
    (ours.folder / "features/a.feature").write_text(feature)
    done = ours.behave("-j", str(jobs), "-D", f"browser_path={executable()}")
    assert (done.returncode, (ours.folder / "seen.txt").exists()) == (-9, True), done.stdout + done.stderr


def below(folder: Path) -> set[Path]:
    """Everything in a folder, of which any may vanish while we look."""
    return {Path(place, name) for place, *names in os.walk(folder) for name in chain(*names)}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_killed_run_leaves_nothing_of_its_browsers_and_system(
    ours: OurSuite, places: tuple[Path, Path], jobs: int
) -> None:
    """Neither among the temporary files nor in the runtime folder, in which only the lock of all systems stays."""
    kill(ours, jobs)
    temporary, runtime = places
    wait_until(
        lambda: not list(temporary.iterdir()) and [each.name for each in runtime.iterdir()] == [".lock"],
        limit=20,
        what="nothing is left",
    )


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_system_that_stays_up_keeps_nothing_of_a_killed_run(
    ours: OurSuite, places: tuple[Path, Path], jobs: int
) -> None:
    """What is there afterwards was there before; when the system is stopped, that is gone, too."""
    temporary, _ = places
    with kept_up(ours):
        before = below(temporary)
        kill(ours, jobs)
        wait_until(lambda: below(temporary) == before, limit=20, what="nothing is left of the run")
    assert not list(temporary.iterdir())
