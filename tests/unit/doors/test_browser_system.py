from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from support.core import ConfigurationError
from support.doors import BrowserUnavailable, install_system_browser

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the only package manager of this machine, an `apt-get` that installs nothing, was told, line by line."""
    manager, log = tmp_path / "bin" / "apt-get", tmp_path / "calls"
    manager.parent.mkdir()
    manager.write_text(f'#!/bin/sh\necho "$@" >> {log}\ntest "$1" != "$REFUSED"\n')
    manager.chmod(0o755)
    log.touch()
    monkeypatch.setenv("PATH", str(manager.parent))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return log


def test_each_command_is_shown_and_run(calls: Path) -> None:
    """apt-get renews its lists and installs the headless shell with fonts; each is shown as it could be typed."""
    told: list[str] = []
    install_system_browser(told.append)
    assert told == [f"$ apt-get {line}" for line in calls.read_text().splitlines()]
    assert told[0] == "$ apt-get update"
    assert "chromium-headless-shell fonts-liberation" in told[1]


def test_a_browser_with_windows_is_another_package(calls: Path) -> None:
    """For a headed run the full Chromium is installed."""
    install_system_browser(lambda _: None, headed=True)
    assert " chromium " in calls.read_text()


def test_without_root_it_is_refused_before_anything_is_done(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The refusal has the commands for whoever has root, and the way without; nothing was run."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(ConfigurationError, match=r"needs root.*`apt-get update && apt-get install .*provisioned"):
        install_system_browser(lambda _: None)
    assert calls.read_text() == ""


def test_what_cannot_be_installed_is_refused(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another engine, and a machine without a known package manager, are answered by what is known."""
    with pytest.raises(ConfigurationError, match="no package for firefox"):
        install_system_browser(lambda _: None, engine="firefox")
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ConfigurationError, match="apt-get, dnf, brew"):
        install_system_browser(lambda _: None)
    assert calls.read_text() == ""


def test_a_package_manager_that_fails_is_believed(calls: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command and its exit status are the error, and no further command is run."""
    monkeypatch.setenv("REFUSED", "update")
    with pytest.raises(BrowserUnavailable, match="apt-get update ended with 1"):
        install_system_browser(lambda _: None)
    assert calls.read_text() == "update\n"
