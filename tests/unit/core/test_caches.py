from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

from support.core import user_caches


@pytest.fixture(autouse=True)
def unnamed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing names a folder, and the home is empty."""
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


def read_only(monkeypatch: pytest.MonkeyPatch, *folders: Path) -> None:
    """Let these folders be another user's, also for a test that runs as root."""
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: real(path, mode) and (mode == os.F_OK or path not in folders))


def test_caches_lie_where_the_platform_keeps_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In the home of the user, whether or not anything lies there already."""
    for platform, place in (("linux", ".cache"), ("darwin", "Library/Caches")):
        monkeypatch.setattr(sys, "platform", platform)
        assert user_caches() == tmp_path / place


def test_a_folder_that_is_named_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """XDG_CACHE_HOME goes before the home, on each platform, and need not exist."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "named" / "caches"))
    for platform in ("linux", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert user_caches() == tmp_path / "named" / "caches"


@pytest.mark.parametrize("named", [False, True])
def test_what_cannot_be_written_to_is_not_taken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, named: bool
) -> None:
    """Neither in the home nor where it is named: the temporary folder serves, by the user's number."""
    if named:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    read_only(monkeypatch, tmp_path)
    assert user_caches() == Path(tempfile.gettempdir()) / f"caches-of-{os.getuid()}"


def test_a_folder_that_may_be_written_to_does_in_a_home_that_may_not(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is the one that counts."""
    (tmp_path / ".cache").mkdir()
    monkeypatch.setattr(sys, "platform", "linux")
    read_only(monkeypatch, tmp_path)
    assert user_caches() == tmp_path / ".cache"


def test_a_user_without_a_home_has_caches_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A home that is nowhere is not made; a user whom nobody knows has none."""
    monkeypatch.setenv("HOME", "/nonexistent")
    temporary = Path(tempfile.gettempdir()) / f"caches-of-{os.getuid()}"
    assert user_caches() == temporary
    monkeypatch.setattr(Path, "home", no_home)
    assert user_caches() == temporary


def no_home() -> Path:
    """As it is where neither HOME nor an entry in the list of users is."""
    raise RuntimeError
