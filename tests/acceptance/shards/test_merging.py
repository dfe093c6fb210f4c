"""Shards of a suite that keeps records, and what becomes of them on the command line."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from support.record import read_record
from tests.acceptance.bad_input.conftest import RUN, SYSTEM, run, suite

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Sequence
    from pathlib import Path

FEATURE = """
Feature: Wares
  Scenario: one
    Given all is well
  Scenario: two
    Given all is well
  Scenario: three
    Given all is well
  Scenario: broken
    Given the shop sells
      | prize |
      | 1     |
"""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A suite whose shards 1 to 5 of 5 have run: four with a scenario, one of which breaks, and an empty one."""
    folder = tmp_path_factory.mktemp("wares")
    suite(folder, {"features/a.feature": FEATURE})
    for number in range(1, 6):
        shard(folder, f"{number}/5", f"shards/{number}")
    return folder


@pytest.fixture
def folder(ran: Path, tmp_path: Path) -> Path:
    """The same, to be spoiled."""
    return shutil.copytree(ran, tmp_path / "wares", symlinks=True)


def shard(folder: Path, which: str, reports: str, *more: str) -> subprocess.CompletedProcess[str]:
    """Run one shard."""
    words = ["-D", f"shard={which}", "-D", "seed=7", "-D", f"reports={reports}"]
    return run(folder, [*RUN, *words, *more])


def merge(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Merge on the command line."""
    result = run(folder, ["-m", "support", "merge", *words, "--no-pages"])
    assert "Traceback" not in result.stderr, result.stderr
    return result


def lines(path: Path) -> Sequence[dict[str, object]]:
    """The entries of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_shards_are_merged_into_one_report_and_verdict(folder: Path) -> None:
    """Every scenario once, the worst verdict, the summary of a run, and everything that a run leaves."""
    result = merge(folder, "shards")
    assert (result.returncode, result.stderr) == (1, "")
    assert "BROKEN: 3 passed, 1 broken in" in result.stdout
    whole = folder / "reports/latest"
    names = [each.name for each in read_record(whole / "record.jsonl").outcomes]
    assert sorted(names) == ["broken", "one", "three", "two"]
    assert {"evidence", "index.html", "junit.xml", "results"} <= {each.name for each in whole.iterdir()}
    assert len(list((whole / "results").glob("*-result.json"))) == 4
    assert list((whole / "evidence").rglob("*environment.json"))


def test_history_remembers_the_whole_once(folder: Path) -> None:
    """However often it is merged; and how long scenarios took is known from then on."""
    merge(folder, "shards")
    merge(folder, "shards")
    entries = lines(folder / "reports/runs.jsonl")
    assert [entry["counts"] for entry in entries] == [
        {"passed": 3, "flaky": 0, "failed": 0, "broken": 1, "skipped": 0, "not run": 0}
    ]
    assert len(json.loads((folder / "reports/durations.json").read_text())) == 4


def test_a_missing_shard_is_named_and_fails(folder: Path) -> None:
    """Also where what is left is green; what stood in it is told everywhere, and green nowhere."""
    every = {each.parent: read_record(each) for each in sorted(folder.glob("shards/*/[a-z]*/record.jsonl"))}
    green = [str(place) for place, found in every.items() if found.verdict != "broken" and found.scenarios]
    result = merge(folder, *green)
    assert result.returncode == 1
    assert "BROKEN: 3 passed, 1 not run" in result.stdout
    assert "The run is incomplete: shards " in result.stdout
    lost = next(each.started.shard for each in every.values() if each.verdict == "broken")
    assert f"1 not run  It stands in shard {lost}, of which nothing was found." in result.stdout
    whole = folder / "reports/latest"
    assert f"1 not run: It stands in shard {lost}" in (whole / "index.html").read_text()
    told = {each["name"]: each["status"] for path in (whole / "results").glob("*-result.json") for each in lines(path)}
    assert told == dict.fromkeys(("one", "two", "three"), "passed") | {"broken": "unknown"}


def test_a_green_whole_is_green(folder: Path) -> None:
    """An empty shard is a shard, and the exit status is 0."""
    suite(folder, {"features/a.feature": "Feature: F\n  Scenario: S\n    Given all is well\n"})
    shutil.rmtree(folder / "shards")
    results = [shard(folder, which, f"shards/{which[0]}") for which in ("1/2", "2/2")]
    assert [each.returncode for each in results] == [0, 0], results
    result = merge(folder, "shards/*", "--into", "reports/whole")
    assert (result.returncode, result.stdout.splitlines()[0][:16]) == (0, "PASSED: 1 passed")
    assert (folder / "reports/whole/index.html").is_file()


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_empty_shard_starts_nothing(folder: Path, jobs: str) -> None:
    """No system, no hook, no worker: that would be lost time. It leaves a record, and merging takes that."""
    suite(
        folder,
        {
            "features/a.feature": "Feature: F\n  Scenario: S\n    Given all is well\n",
            "environment.py": "def before_all(context):\n    print('BEGUN')\n    raise RuntimeError\n",
            "system.toml": SYSTEM.replace("http.server", "nothing_like_it"),
        },
    )
    shutil.rmtree(folder / "shards")
    done = [shard(folder, which, f"shards/{which[0]}", "-j", jobs) for which in ("1/2", "2/2")]
    full, empty = sorted(done, key=lambda each: "is empty" in each.stderr)
    assert (full.returncode, empty.returncode) == (1, 0)
    assert "NOT RUN: no scenarios" in empty.stdout
    assert not any(words in empty.stdout + empty.stderr for words in ("BEGUN", "front", "Traceback"))
    assert "front" in merge(folder, "shards").stdout


def test_a_shard_of_another_selection_is_refused(folder: Path) -> None:
    """One message, exit status 2, and nothing is made."""
    shutil.rmtree(folder / "shards/2")
    suite(folder, {"features/a.feature": FEATURE.replace("three", "drei")})
    shard(folder, "2/5", "shards/2")
    result = merge(folder, "shards")
    assert (result.returncode, result.stdout) == (2, "")
    assert "cannot be merged: the cut differs" in result.stderr
    assert not (folder / "reports").exists()


def test_a_shard_needs_our_runner(folder: Path) -> None:
    """Another one would run everything in each shard, and say nothing."""
    result = run(folder, [*RUN, "-r", "behave.runner:Runner", "-D", "shard=1/2"])
    assert result.returncode != 0
    assert "-D shard=1/2 needs our runner" in result.stdout + result.stderr


def test_what_is_secret_in_the_plan_of_another_shard_is_told_nowhere(folder: Path) -> None:
    """Each shard knows what all are to run: titles and tags are as clean in its first line as in any other."""
    suite(
        folder,
        {
            "system.toml": SYSTEM + '[redaction]\npatterns = ["CUST-[0-9]{6}"]\n',
            "features/a.feature": "@CUST-123456\nFeature: CUST-123456\n"
            "  Rule: CUST-123456\n    Scenario: CUST-123456\n      Given all is well\n",
        },
    )
    shutil.rmtree(folder / "shards")
    for which in ("1/2", "2/2"):
        shard(folder, which, f"shards/{which[0]}")
    merge(folder, "shards/1", "--into", "one")
    merge(folder, "shards/2", "--into", "two")
    told = [path for path in folder.glob("*/**/*") if path.suffix != ".feature" and path.is_file()]
    assert [path for path in told if b"CUST-123456" in path.read_bytes()] == []
