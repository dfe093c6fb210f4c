"""A worker whose browser is killed breaks the scenario on its step, and has another for the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support.doors import BrowserUnavailable, find_browser

if TYPE_CHECKING:
    from pathlib import Path

    from tests.acceptance.execution.ours import OurSuite

STEPS = """
import os, signal
from contextlib import suppress
from pathlib import Path
from behave import step
from playwright.sync_api import expect

def browsers():
    parents = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            stat, words = (process / "stat").read_text(), (process / "cmdline").read_text()
        except OSError:
            continue
        parents[int(process.name)] = int(stat.rpartition(")")[2].split()[1]), words
    def ours(pid):
        return pid == os.getpid() or (pid in parents and ours(parents[pid][0]))
    started = [pid for pid, (_, words) in parents.items() if "--user-data-dir" in words and "--type=" not in words]
    return set(filter(ours, started))

def kill():
    for pid in browsers():
        with suppress(ProcessLookupError):  # it ended with the one before
            os.kill(pid, signal.SIGKILL)

@step("the front page is open")
def opened(context):
    world = context.world
    world.browser().page.goto(world.address("front"))
    with open("seen.txt", "a") as file:
        print(context.scenario.name, *browsers(), file=file)

@step("something is {how} of a browser that is killed")
def killed(context, how):
    page = context.world.browser().page
    kill()
    if how == "awaited":
        page.locator("#never").wait_for()
    elif how == "expected":
        expect(page.locator("#never")).to_be_visible()
    else:
        page.reload()

@step("the worker is killed")
def ends(context):
    os.kill(os.getpid(), signal.SIGKILL)
"""
FEATURE = """
Feature: Windows
  @group:one
  Scenario: dies
    Given the front page is open
    When something is {how} of a browser that is killed
    Then the front page is open
  @group:one
  Scenario: next
    Given the front page is open
  Scenario: other
    Given the front page is open
"""


def executable() -> str:
    """That of the browser of this machine."""
    try:
        return str(find_browser().executable)
    except BrowserUnavailable as lacking:
        pytest.skip(str(lacking))


@pytest.mark.parametrize("how", ["awaited", "expected", "loaded"])
def test_a_killed_browser_breaks_one_step_and_is_replaced(ours: OurSuite, how: str) -> None:
    """The reason names the browser, what was seen before is kept, and the worker goes on with a new browser."""
    browser = executable()
    (ours.folder / "steps/windows.py").write_text(STEPS)
    (ours.folder / "features/a.feature").write_text(FEATURE.format(how=how))
    done = ours.behave("-j", "2", "-D", f"browser_path={browser}")
    told = {each.name: each for each in ours.record.scenarios}
    assert {name: each.verdict for name, each in told.items()} == {
        "dies": "broken", "next": "passed", "other": "passed",
    }, done.stdout + done.stderr  # fmt: skip
    steps = told["dies"].steps
    assert [each.status for each in steps] == ["passed", "error", "skipped"]
    assert (steps[1].error_type, "it was closed or has crashed" in steps[1].error) == ("BrowserUnavailable", True)
    assert ("environment", 1) in {(each.kind, each.step) for each in told["dies"].evidence}
    assert told["next"].worker == told["dies"].worker
    lines = [line.split() for line in (ours.folder / "seen.txt").read_text().splitlines()]
    seen = {name: set(browsers) for name, *browsers in lines}
    assert seen["next"]
    assert seen["next"].isdisjoint(seen["dies"])


def test_a_killed_worker_leaves_nothing_of_its_browser(ours: OurSuite, tmp_path: Path) -> None:
    """Profile, recordings and whatever else browser and driver write are gone with the run."""
    browser = executable()
    (temporary := tmp_path / "temporary").mkdir()
    (ours.folder / "steps/windows.py").write_text(STEPS)
    feature = FEATURE.replace("something is {how} of a browser that is killed", "the worker is killed")
    (ours.folder / "features/a.feature").write_text(feature)
    with pytest.MonkeyPatch.context() as own:
        own.setenv("TMPDIR", str(temporary))
        ours.behave("-j", "2", "-D", f"browser_path={browser}")
    assert [each.verdict for each in ours.record.scenarios].count("broken") == 1
    assert list(temporary.iterdir()) == []
