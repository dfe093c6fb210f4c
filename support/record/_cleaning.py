"""Cleaning what was written before somebody learnt that a part of it is secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ..core import cleaned_bytes
from ._writing import put, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_EVIDENCE: Final = "evidence/"


def clean_evidence(folder: Path, files: Iterable[str], clean: Callable[[str], str]) -> None:
    """Write files of a run's evidence anew, cleaned: texts, and those in archives; other files stay as they are."""
    for path in (folder / file for file in files if file.startswith(_EVIDENCE)):
        with told(path):
            content, _ = cleaned_bytes(path.read_bytes(), "its content", clean)
            put(path, content if isinstance(content, bytes) else content.encode())
