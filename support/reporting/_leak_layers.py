"""What a file holds, layer below layer: itself, the members of archives, what was compressed or packed in base64."""

from __future__ import annotations

import base64
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

_AT_ONCE: Final = 4 * 1024 * 1024  # bytes, so that files of any size take the same memory
_OVERLAP: Final = 16 * 1024  # bytes that two parts share, so that no secret falls between them
_DEEPEST: Final = 5  # layers; what is packed deeper is a trick, and no report
_MOST: Final = 1 << 30  # bytes of what is unpacked; more than that is a trick, too
_ZIP: Final = b"PK\x03\x04"
_GZIP: Final = b"\x1f\x8b\x08"
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_SAMPLE: Final = 64  # letters of base64 in a row, at the places where one looks; so 128 in a row are always met
_RUN: Final = re.compile(rb"[A-Za-z0-9+/]{64,}+={0,2}")


@dataclass(frozen=True, slots=True)
class Layer:
    """Bytes of a file; `member` says what they are within it, empty for the file itself.

    `is_name` tells that they are the name of a member, and not what it holds.
    """

    content: bytes
    member: str
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class Unopened:
    """An archive within a file of which nobody can say what it holds."""

    member: str
    reason: str


def layers_of(content: bytes | mmap, member: str = "", depth: int = 0) -> Iterator[Layer | Unopened]:
    """All that is in a file, in parts of bounded size that overlap; of an archive, what it holds in place of itself."""
    if depth < _DEEPEST and content[: len(_ZIP)] == _ZIP:
        yield from _members(content, member, depth)
    elif depth < _DEEPEST and content[: len(_GZIP)] == _GZIP:
        yield from _unzipped(content, member, depth)
    else:
        for start in range(0, len(content), _AT_ONCE):
            yield Layer(content[max(0, start - _OVERLAP) : start + _AT_ONCE], member)
        if depth < _DEEPEST:
            yield from _packed(content, member, depth)


def _members(content: bytes | mmap, member: str, depth: int) -> Iterator[Layer | Unopened]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for each in archive.infolist():
                inside = _within(member, each.filename)
                yield Layer(each.filename.encode("utf-8", "surrogatepass"), inside, is_name=True)
                yield Layer(each.comment, inside)
                yield from layers_of(_read(archive, each), inside, depth + 1)
    except _BROKEN as error:
        yield Unopened(member, str(error) or type(error).__name__)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.file_size > _MOST:
        msg = f"{member.file_size} bytes unpacked are too many"
        raise ValueError(msg)
    return archive.read(member)


def _unzipped(content: bytes | mmap, member: str, depth: int) -> Iterator[Layer | Unopened]:
    """What is there of a compressed file; one that was cut is read as far as it goes."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(content, _MOST)
    except zlib.error as error:
        yield Unopened(member, str(error))
        return
    yield from layers_of(unpacked, _within(member, "unzipped"), depth + 1)
    if unpacker.unconsumed_tail or unpacker.unused_data[: len(_GZIP)] == _GZIP:
        yield from layers_of(unpacker.unconsumed_tail or unpacker.unused_data, member, depth + 1)


def _packed(content: bytes | mmap, member: str, depth: int) -> Iterator[Layer | Unopened]:
    """What stands in base64 in the content, as reports of one file and `data:` addresses have it."""
    at = 0
    while at + _SAMPLE <= len(content):
        if content[at : at + _SAMPLE].strip(_LETTERS):
            at += _SAMPLE
        elif run := _RUN.search(content, max(0, at - _SAMPLE + 1)):
            yield from _decoded(run[0], member, depth)
            at = max(at + _SAMPLE, run.end())


def _decoded(run: bytes, member: str, depth: int) -> Iterator[Layer | Unopened]:
    letters = run.rstrip(b"=")
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    content = base64.b64decode(letters + b"=" * (-len(letters) % 4))
    for layer in layers_of(content, _within(member, "in base64"), depth + 1):
        if isinstance(layer, Layer):  # letters in a row that only look like a packed archive are none
            yield layer


def _within(member: str, name: str) -> str:
    return f"{member} > {name}" if member else name
