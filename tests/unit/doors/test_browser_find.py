from __future__ import annotations

import json
import pickle
from typing import TYPE_CHECKING

import pytest

from support.core import ConfigurationError
from support.doors import NoBrowser, find_browser
from support.doors._browser_find import driver_home

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser: PATH and caches are folders of the test."""
    for name in ("bin", "cache", "managed"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("REHEARSAL_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "managed"))
    return tmp_path


def executable(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def managed(bare: Path, build: str = "chromium_headless_shell", name: str = "chrome-headless-shell") -> Path:
    browsers = json.loads((driver_home() / "package" / "browsers.json").read_text())["browsers"]
    revision = next(each["revision"] for each in browsers if each["name"] == build.replace("_", "-"))
    folder = bare / "managed" / f"{build}-{revision}"
    made = executable(folder / "chrome-headless-shell-linux64" / name)
    (folder / "INSTALLATION_COMPLETE").touch()
    return made


def provision(bare: Path) -> Path:
    told = {"executable": "chromium", "environment": {"LD_LIBRARY_PATH": "{home}/lib"}}
    made = executable(bare / "cache" / "browser" / "chromium")
    (bare / "cache" / "browser" / "browser.json").write_text(json.dumps(told))
    return made


def test_the_order_of_sources(bare: Path) -> None:
    """The provisioned one, names on PATH from the last, Playwright's, the configured: each later one wins."""
    wins = [provision(bare)]
    assert find_browser().environment == {"LD_LIBRARY_PATH": f"{bare}/cache/browser/lib"}
    for name in ("chromium-browser", "chromium", "google-chrome", "chromium-headless-shell"):
        wins.append(executable(bare / "bin" / name))
        assert find_browser().executable == wins[-1]
    wins.append(managed(bare))
    assert find_browser().executable == wins[-1]
    assert find_browser(str(wins[0])).source == "configured"


def test_nothing_found_lists_what_was_tried_and_the_ways_out(bare: Path) -> None:
    """The error names every place and what to do, and survives pickling."""
    with pytest.raises(NoBrowser) as caught:
        find_browser()
    told = str(caught.value)
    for words in (
        "Playwright-managed chromium",
        "google-chrome on PATH",
        str(bare / "cache"),
        "python -m support browser",
    ):
        assert words in told
    assert str(pickle.loads(pickle.dumps(caught.value))) == told


def test_an_incomplete_installation_is_passed_over(bare: Path) -> None:
    """A build without its mark of completeness and a provisioned folder without its executable do not count."""
    made = managed(bare)
    (made.parent.parent / "INSTALLATION_COMPLETE").unlink()
    provision(bare).unlink()
    with pytest.raises(NoBrowser):
        find_browser()


def test_what_cannot_start_is_passed_over_with_its_reason(bare: Path) -> None:
    """A browser without its libraries, and a script that only recommends a package, leave their words in `tried`."""
    managed(bare).write_text("#!/bin/sh\necho 'libnspr4.so: cannot open shared object file' >&2\nexit 127\n")
    executable(bare / "bin" / "chromium-browser").write_text("#!/bin/sh\necho 'requires the snap' >&2\nexit 1\n")
    works = provision(bare)
    found = find_browser()
    assert found.executable == works
    told = "; ".join(found.tried)
    assert "ended with 127: libnspr4.so: cannot open shared object file" in told
    assert "ended with 1: requires the snap" in told


def test_a_headed_run_passes_over_shells(bare: Path) -> None:
    """A browser without windows is not found for a headed run."""
    executable(bare / "bin" / "chromium-headless-shell")
    full = executable(bare / "bin" / "chromium")
    managed(bare)
    provision(bare)
    assert find_browser(headed=True).executable == full


def test_a_configured_browser_that_is_not_there_is_not_replaced(bare: Path) -> None:
    """The user's own word is taken: ConfigurationError with the path, although another browser exists."""
    executable(bare / "bin" / "chromium")
    with pytest.raises(ConfigurationError, match="browser_path=/no/such"):
        find_browser("/no/such")


@pytest.mark.usefixtures("bare")
def test_other_engines(bare: Path) -> None:
    """Firefox is only Playwright's own; an unknown engine gets the nearest name."""
    executable(bare / "bin" / "firefox")
    with pytest.raises(NoBrowser, match="Tried: Playwright-managed firefox"):
        find_browser(engine="firefox")
    with pytest.raises(ConfigurationError, match="Did you mean 'firefox'"):
        find_browser(engine="firefx")


def test_a_user_without_a_home_has_a_place_for_caches(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no home, the cache lies under the temporary folder, by user number."""
    monkeypatch.delenv("REHEARSAL_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/nonexistent")
    with pytest.raises(NoBrowser, match=r"provisioned in \S*/caches-of-\d+/rehearsal/browser"):
        find_browser()
    assert bare.exists()
