"""Files of results appear in one piece, whatever a kill cuts off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from support.core import RehearsalError
from support.reporting.allure._folder import ResultsFolder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> ResultsFolder:
    """A folder that is not there yet."""
    return ResultsFolder(tmp_path / "results", "r1")


@pytest.mark.parametrize("final", [{"a": 1}, {"a": "longer than what stood there before"}])
def test_a_draft_is_readable_and_is_written_over(folder: ResultsFolder, final: dict[str, object]) -> None:
    """It is valid at once; what replaces it is valid too, longer or shorter."""
    folder.draft("x-result.json", {"draft": "twenty letters and more"})
    assert json.loads((folder.path / "x-result.json").read_text()) == {"draft": "twenty letters and more"}
    folder.write("x-result.json", final)
    assert json.loads((folder.path / "x-result.json").read_text()) == final
    folder.write("x-result.json", {"later": True})
    assert json.loads((folder.path / "x-result.json").read_text()) == {"later": True}
    assert [path.name for path in folder.path.iterdir()] == ["x-result.json"]


def test_a_draft_can_be_dropped(folder: ResultsFolder) -> None:
    """What turns out not to be wanted leaves no file."""
    folder.draft("x-result.json", {})
    folder.drop("x-result.json")
    folder.drop("x-result.json")
    assert not list(folder.path.iterdir())


def test_evidence_is_not_stored_twice(folder: ResultsFolder, tmp_path: Path) -> None:
    """A file of the run's folder and its attachment are one on disk; what is gone is said to be."""
    (tmp_path / "trace.zip").write_bytes(b"large")
    name = folder.adopt(tmp_path, "trace.zip", "zip")
    assert name is not None
    assert name == folder.adopt(tmp_path, "trace.zip", "zip")
    assert (folder.path / name).samefile(tmp_path / "trace.zip")
    assert folder.adopt(tmp_path, "gone.zip", "zip") is None


@pytest.mark.parametrize(
    ("said", "ends"),
    [("txt", ".txt"), (".tar.gz", ".tar.gz"), ("../../x y", ".xy"), ("a\0/\n?", ".a"), ("/..", ".bin")],
)
def test_an_extension_is_letters_and_dots(folder: ResultsFolder, said: str, ends: str) -> None:
    """Whatever a suite calls the extension of what it attaches, the file lies in the folder, under a plain name."""
    name = folder.attach("body", said)
    assert (folder.path / name).read_text() == "body"
    assert name.partition("-attachment")[2] == ends


def test_what_cannot_be_written_is_an_error_with_the_path(folder: ResultsFolder) -> None:
    """The user reads which file, why, and what to do."""
    folder.path.rmdir()
    with pytest.raises(RehearsalError, match=r"results/x\.json cannot be written: No such file .*another folder"):
        folder.put("x.json", b"")
