"""Archives without secrets: a zip, such as the trace of a browser, written anew with every text in it cleaned."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from ._archived_json import JsonCleaner
from ._errors import RehearsalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_JSON: Final = (".trace", ".network", ".stacks", ".json", ".jsonl", ".har")
_BINARY: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"wOFF", b"wOF2", b"\x00\x01\x00\x00", b"\x1f\x8b")
_NESTED: Final = 3  # archives within archives; deeper ones are a trick and no trace
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class ArchiveUnreadable(RehearsalError):  # noqa: N818 - the name is the message
    """What should be a zip archive cannot be read to its end: it must not be kept, for nobody cleaned it."""


def clean_archive(data: bytes, clean: Callable[[str], str]) -> bytes:
    """The zip archive with every text member cleaned; JSON stays JSON, pictures and names of members stay as they are.

    What was typed into password fields, as the snapshots of a browser's trace tell it, is taken out of all members.
    Raises ArchiveUnreadable.
    """
    try:
        return _cleaned(data, clean, _NESTED)
    except _BROKEN as error:
        msg = (
            f"The archive ({len(data)} bytes) cannot be cleaned of secrets: {error}. "
            "It is not kept; make it again, or leave it out."
        )
        raise ArchiveUnreadable(msg) from error


def cleaned_bytes(content: bytes, media_type: str, clean: Callable[[str], str]) -> tuple[bytes | str, str]:
    """Bytes of any kind without secrets, and their media type: texts and archives are cleaned, pictures stay.

    In place of an archive that cannot be cleaned stands a text that says so.
    """
    try:
        return _member("", content, JsonCleaner(clean), _NESTED), media_type
    except _BROKEN as error:
        return (
            f"[left out: {media_type}, {len(content):,} bytes; an archive that cannot be read: {error}]",
            "text/plain",
        )


def _cleaned(data: bytes, clean: Callable[[str], str], nested: int) -> bytes:
    made, json_cleaner = io.BytesIO(), JsonCleaner(clean)
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for text in _json_texts(archive):
            json_cleaner.learn(text)
        for member in archive.infolist():
            content = archive.read(member)
            written.writestr(_like(member), _member(member.filename, content, json_cleaner, nested))
    return made.getvalue()


def _json_texts(archive: zipfile.ZipFile) -> Iterator[str]:
    for member in archive.infolist():
        if member.filename.endswith(_JSON):
            yield _text(archive.read(member))


def _member(name: str, content: bytes, cleaner: JsonCleaner, nested: int) -> bytes:
    if content.startswith(b"PK\x03\x04") and nested:
        return _cleaned(content, cleaner.text, nested - 1)
    if content.startswith(_BINARY) or b"\x00" in content[:8192]:
        return content
    text = _text(content)
    cleaned = cleaner.lines(text) if name.endswith(_JSON) else cleaner.text(text)
    return content if cleaned == text else cleaned.encode("utf-8", "surrogateescape")


def _text(content: bytes) -> str:
    """The bytes as text that can be written back byte by byte, also where they are no UTF-8."""
    return content.decode("utf-8", "surrogateescape")


def _like(member: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """A member of the same name and time, without what its author's machine noted beside."""
    like = zipfile.ZipInfo(member.filename, member.date_time)
    like.compress_type = member.compress_type
    return like
