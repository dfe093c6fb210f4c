"""The folder of results: every file appears in one piece."""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...core import RehearsalError
from ._ids import uuid_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OURS: Final = ("*-result.json", "*-container.json", "*-globals.json", "*-attachment*", "*.part")
_ABOUT: Final = ("environment.properties", "executor.json", "categories.json")
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC
_MODE: Final = 0o644
_NO_EXTENSION: Final = re.compile(r"[^\w.]")
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode


class ResultsFolder:
    """Writes the files of one run; `run_id` keeps apart those of runs that share a folder."""

    def __init__(self, path: Path, run_id: str) -> None:
        self.path, self._run_id, self._count = path.absolute(), run_id, 0
        self._who = ""
        self._made: dict[str, str] = {}
        self._drafts: dict[str, tuple[int, int]] = {}
        with told(self.path):
            self.path.mkdir(parents=True, exist_ok=True)

    def of(self, who: str) -> None:
        """Keep apart the attachments of one of several processes that write into the folder."""
        self._who = who

    def clear(self) -> None:
        """Remove the results that lie there; files that are none stay."""
        for path in [each for pattern in (*_OURS, *_ABOUT) for each in self.path.glob(pattern)]:
            with told(path):
                path.unlink()

    def draft(self, name: str, item: Mapping[str, Any]) -> None:
        """Write an object that is soon written over: making a file is what costs, so it stays open."""
        content = _encoded(item)
        with told(self.path / name):
            file = os.open(f"{self.path}/{name}", _NEW, _MODE)
            self._drafts[name] = (file, os.write(file, content))

    def write(self, name: str, item: Mapping[str, Any]) -> None:
        """Write or replace one result, container or other object."""
        if name in self._drafts:
            self._write_over(*self._drafts.pop(name), _encoded(item))
        else:
            self.put(name, _encoded(item))

    def drop(self, name: str) -> None:
        """Remove an object, if it is there."""
        if name in self._drafts:
            os.close(self._drafts.pop(name)[0])
        with told(self.path / name):
            (self.path / name).unlink(missing_ok=True)

    def put(self, name: str, content: bytes) -> None:
        """Write or replace one file: a reader, or a kill, meets the old one or the new one and no half of it."""
        path = f"{self.path}/{name}"
        with told(Path(path)):
            _create(f"{path}.part", content)
            os.replace(f"{path}.part", path)  # noqa: PTH105 - a path object for each file would cost more than the file

    def _write_over(self, file: int, length: int, content: bytes) -> None:
        """Write over a draft with one call, inside which no kill can come: what is shorter is filled up with spaces."""
        with told(self.path):
            whole = memoryview(content.ljust(length))
            written = 0
            while written < len(whole):
                written += os.pwrite(file, whole[written:], written)
            os.close(file)

    def attach(self, body: str | bytes, extension: str) -> str:
        """Keep a body, and say under which name."""
        name = self._name(f"{self._who}{self._count}", extension)
        self._count += 1
        with told(self.path / name):  # no result names it yet, so it needs no other name before
            content = body if isinstance(body, bytes) else body.encode("utf-8", "backslashreplace")
            _create(f"{self.path}/{name}", content)
        return name

    def adopt(self, folder: Path, file: str, extension: str) -> str | None:
        """Keep a file that lies below another folder, and say under which name; None if it is gone.

        Where the disk allows it, both names lead to one copy: evidence of failures is large.
        """
        if folder == self.path:
            return file
        if file not in self._made:
            name = self._name(file, extension)
            try:
                _link(folder / file, self.path / name)
            except FileNotFoundError:
                return None
            self._made[file] = name
        return self._made[file]

    def _name(self, what: str, extension: str) -> str:
        ends = _NO_EXTENSION.sub("", extension).strip(".") or "bin"  # a suite may have said anything
        return f"{uuid_of(self._run_id, 'attachment', what)}-attachment.{ends}"


@contextmanager
def told(path: Path) -> Iterator[None]:
    """While something is written: what prevents it is an error of ours, with the path."""
    try:
        yield
    except OSError as error:
        msg = f"{path} cannot be written: {error.strerror}. Make room there, or name another folder for the results."
        raise RehearsalError(msg) from error


def _encoded(item: Mapping[str, Any]) -> bytes:
    return _ENCODE(item).encode("utf-8", "backslashreplace")


def _create(path: str, content: bytes) -> None:
    file = os.open(path, _NEW, _MODE)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def _link(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except FileNotFoundError:
        raise
    except OSError:
        with told(target):
            shutil.copyfile(source, target)
