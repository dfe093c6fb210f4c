"""The folders of systems."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from support.core import ConfigurationError
from support.system import _folder
from support.system._leftovers import note_process

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def runtime(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A runtime folder of this test's own."""
    with tempfile.TemporaryDirectory(prefix="rh-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


def test_a_systems_folder_is_private() -> None:
    """Nobody else can look into the folder of a system, nor into the folder of all."""
    folder = _folder.runtime_folder() / "shop-1"
    _folder.make(folder).close()
    assert [path.stat().st_mode & 0o777 for path in (folder.parent, folder)] == [0o700, 0o700]


def test_a_folder_that_others_can_enter_is_refused(runtime: Path) -> None:
    """A runtime folder that others could have prepared is not used."""
    (runtime / "rehearsal").mkdir()
    (runtime / "rehearsal").chmod(0o777)
    with pytest.raises(ConfigurationError, match="is not a private folder of yours"):
        _folder.runtime_folder()


def test_the_socket_path_is_short_enough(runtime: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the path of the runtime folder or of the temporary one is too long for a socket, another is used."""
    deep = runtime / ("x" * 80)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    assert deep not in _folder.runtime_folder().parents
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    assert deep not in _folder.runtime_folder().parents


def test_a_held_folder_is_not_swept() -> None:
    """Making another system's folder leaves the one alone that somebody holds, and removes the one that nobody does."""
    held, stale = _folder.runtime_folder() / "held", _folder.runtime_folder() / "stale"
    _folder.make(stale).close()
    with _folder.make(held):
        assert not stale.exists()
        _folder.make(_folder.runtime_folder() / "other").close()
        assert held.exists()


def test_two_cannot_make_one_folder() -> None:
    """The second to make a folder that is held is told so."""
    folder = _folder.runtime_folder() / "shop"
    with _folder.make(folder), pytest.raises(FileExistsError):
        _folder.make(folder)


def test_processes_of_a_stale_folder_are_ended() -> None:
    """What still runs from a stale folder is killed, and what only has the id of a dead one is not."""
    folder = _folder.runtime_folder() / "shop"
    _folder.make(folder).close()
    orphan = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)
    note_process(folder, orphan.pid)
    with (folder / "processes").open("a") as notes:
        notes.write(f"{os.getpid()} 12345\n")
    _folder.sweep()
    assert orphan.wait(5) == -9
    orphan.communicate()
    assert not folder.exists()
