"""When Allure is fetched, and when that is not even tried."""

from __future__ import annotations

import fcntl
import os
import time
from typing import TYPE_CHECKING

import pytest

from support.core import RehearsalError
from support.reporting.html import ReportUnavailable
from support.reporting.html import _fetching as fetching
from support.reporting.html import _node as nodes
from support.reporting.html._allure import allure
from support.reporting.html._fetching import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Npm = Callable[[str], None]

FAILS = "echo 'npm error network is down' >&2; exit 1"
WORKS = f"""mkdir -p node_modules/allure
echo '{{"name": "allure", "version": "{VERSION}"}}' > node_modules/allure/package.json"""


@pytest.fixture
def stamp(tmp_path: Path) -> Path:
    """The file that says that fetching has failed."""
    return tmp_path / "cache" / f"allure-{VERSION}.failed"


@pytest.fixture(autouse=True)
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Npm:
    """Lay an npm that does this, on a machine without an Allure; at first it reaches no registry."""
    monkeypatch.delenv("ALLURE_HOME", raising=False)
    monkeypatch.setenv("REHEARSAL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin")
    monkeypatch.setattr(nodes, "find_spec", lambda _: None)
    (tmp_path / "bin").mkdir()

    def lay(does: str) -> None:
        path = tmp_path / "bin" / "npm"
        path.write_text(f"#!/bin/sh\necho asked >> {tmp_path}/asked\n{does}\n")
        path.chmod(0o755)

    lay(FAILS)
    return lay


def asked(tmp_path: Path) -> int:
    """How often npm was asked."""
    return len((tmp_path / "asked").read_text().splitlines()) if (tmp_path / "asked").exists() else 0


def test_the_end_of_a_run_tries_once_a_day(tmp_path: Path, stamp: Path) -> None:
    """After an attempt has failed, the reason and the command that tries again are told, and npm is left alone."""
    with pytest.raises(ReportUnavailable, match="network is down"):
        allure(print, fetch=False)
    with pytest.raises(ReportUnavailable, match=r"failed at .*network is down.*`python -m support report` gets it"):
        allure(print, fetch=False)
    assert asked(tmp_path) == 1
    os.utime(stamp, (time.time() - 86_500,) * 2)
    with pytest.raises(ReportUnavailable, match="cannot be had"):
        allure(print, fetch=False)
    assert asked(tmp_path) == 2


def test_the_command_always_tries(npm: Npm, tmp_path: Path, stamp: Path) -> None:
    """An attempt that failed a moment ago does not hinder it; where it succeeds, nothing is told of that any more."""
    with pytest.raises(ReportUnavailable):
        allure(print, fetch=True)
    assert stamp.exists()
    npm(WORKS)
    assert allure(print, fetch=True).parent.name == "allure"
    assert not stamp.exists()
    assert (allure(print, fetch=False).parent.name, asked(tmp_path)) == ("allure", 2)


def test_the_end_of_a_run_has_no_patience(npm: Npm, monkeypatch: pytest.MonkeyPatch, stamp: Path) -> None:
    """npm gets a minute, not the five of the command."""
    npm("exec sleep 60")
    monkeypatch.setattr(fetching, "_HASTY_LIMIT", 0.2)
    with pytest.raises(ReportUnavailable, match=r"npm ci took longer than 0\.2 s"):
        allure(print, fetch=False)
    assert "took longer" in stamp.read_text()


def test_the_end_of_a_run_gets_no_npm(monkeypatch: pytest.MonkeyPatch, stamp: Path) -> None:
    """Where there is no npm, that is told, and it counts for no attempt."""
    monkeypatch.setattr(fetching, "npm", list)
    with pytest.raises(ReportUnavailable, match=r"there is no npm.*support report"):
        allure(print, fetch=False)
    assert not stamp.exists()


def test_the_end_of_a_run_does_not_wait_for_another_process(tmp_path: Path) -> None:
    """While another process fetches, that is told at once."""
    (tmp_path / "cache").mkdir()
    with (tmp_path / "cache" / f"allure-{VERSION}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ReportUnavailable, match="another process is fetching it"):
            allure(print, fetch=False)
    assert asked(tmp_path) == 0


def test_a_lock_that_is_never_let_go_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has waited in vain for another process gets the report's own error."""

    def held(*_: object) -> None:
        reason = "Process 7 has held x.lock for 900 s."
        raise RehearsalError(reason)

    monkeypatch.setattr(fetching, "workshop", held)
    with pytest.raises(ReportUnavailable, match=r"Process 7 has held x\.lock.*results stay"):
        allure(print, fetch=True)


def test_what_a_killed_fetch_left_goes_with_the_next(npm: Npm, tmp_path: Path) -> None:
    """Its folder is removed; what belongs to the fetching of another version, or to anybody else, stays."""
    npm(WORKS)
    left, others = f"allure-{VERSION}.part-abcd1234", ("allure-0.0.0.part-abcd1234", "node.part-abcd1234")
    for name in (left, *others):
        (tmp_path / "cache" / name / "made").mkdir(parents=True)
    allure(print, fetch=True)
    assert {each.name for each in (tmp_path / "cache").iterdir()} == {
        f"allure-{VERSION}", f"allure-{VERSION}.lock", *others,
    }  # fmt: skip
