"""Finding known values in a text of any length, however many values there are.

Every known form is entered in a table by short pieces of it, taken at as many offsets as needed that one piece of the
form must be met when a text is read at wide steps. So a text is read once, a step at a time, whatever is looked for;
only where a piece is met is the form itself looked for. (One pattern of all forms would cost more with every form, and
would have to be compiled anew with every value that a scenario hides.)
"""

from __future__ import annotations

import functools
import re
import struct
from typing import TYPE_CHECKING, Final

from ._secret_forms import forms_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SHORTEST_SECRET: Final = 4  # shorter values stand in innocent text too often: redacting them would destroy the evidence

_FOLD: Final = r"=?(?:\r?\n[ \t]*|(?:\\{1,3}r)?\\{1,3}n)"  # how mails and base64 break a line, also within JSON
_SOFT_BREAKS: Final = (b"=\n", b"=\r\n", b"=\\n", b"=\\r")
_BASE64_BREAKS: Final = tuple(  # 48 letters, and then the line ends; what is looked for first is what is rare
    (sign, re.compile(re.escape(sign) + rb"(?<=[\w+/=-]{48}" + re.escape(sign) + rb")"))
    for sign in (b"\n", b"\r", b"\\")
)
_UNFOLD: Final = re.compile(_FOLD.encode())


class KnownValues:
    """Secret values, each with a name, and every form in which they may stand in a text.

    `shortest` is the length, in bytes, below which a form is not looked for.
    """

    def __init__(self, shortest: int = SHORTEST_SECRET) -> None:
        self._shortest = shortest
        self._names: dict[str, str] = {}
        self._origin: dict[bytes, str] = {}
        self._tables = (_Pieces("Q", 8), _Pieces("I", 4))
        self._short: set[bytes] = set()

    def add(self, secret: str, name: str) -> None:
        """Look for this value, too; the first name that a value is given stays."""
        if secret in self._names or len(secret) < self._shortest:
            return
        self._names[secret] = name
        for form in (_bytes(form) for form in forms_of(secret)):
            if form not in self._origin and len(form) >= self._shortest:
                self._origin[form] = name
                self._enter(form)

    @property
    def names(self) -> Mapping[str, str]:
        """The name of every value."""
        return self._names

    def name_of(self, form: bytes) -> str:
        """The name of the value that has this form."""
        return self._origin[form]

    def found_in(self, content: bytes) -> set[bytes]:
        """The forms that stand in the content as they are."""
        found = {form for form in self._short if form in content}
        for table in self._tables:
            found |= {form for form in table.candidates(content) if form in content}
        return found

    def found_folded(self, content: bytes) -> set[bytes]:
        """The forms that stand in the content once the line breaks of mails and base64 are taken out."""
        return self.found_in(_UNFOLD.sub(b"", content)) if self._origin and _is_folded(content) else set()

    def replace(self, text: str, by: str) -> str:
        """The text with `by` in place of every known value."""
        if not self._origin:
            return text
        content = _bytes(text)
        for form in _longest_first(self.found_in(content)):
            text = text.replace(form, by) if form not in by else text
        for form in _longest_first(self.found_folded(content)):
            text = re.sub(f"(?:{_FOLD})?".join(map(re.escape, form)), by, text) if form not in by else text
        return text

    def _enter(self, form: bytes) -> None:
        table = next((table for table in self._tables if len(form) >= table.shortest), None)
        if table is None:
            self._short.add(form)
        else:
            table.add(form)


class _Pieces:
    """Forms by pieces of them: `letter` is the piece of `size` bytes for `struct`, met at steps of `size` + 1."""

    def __init__(self, letter: str, size: int) -> None:
        self.shortest = 2 * size
        self._letter, self._size = letter, size
        self._forms: dict[int, tuple[bytes, ...]] = {}

    def add(self, form: bytes) -> None:
        for offset in range(self._size + 1):
            (piece,) = struct.unpack_from(f"={self._letter}", form, offset)
            known = self._forms.get(piece, ())
            if form not in known:
                self._forms[piece] = (*known, form)

    def candidates(self, content: bytes) -> set[bytes]:
        """The forms of which a piece is met: few, and not all of them are there."""
        if not self._forms or len(content) < self.shortest:
            return set()
        met: set[int] = set()
        known = self._forms.keys()
        for pieces in _pieces(content, self._letter, self._size + 1):
            if not known.isdisjoint(pieces):
                met |= known & set(pieces)
        return {form for piece in met for form in self._forms[piece]}


_AT_ONCE: Final = 1024  # pieces, so that what is read at once stays in the nearest cache


def _pieces(content: bytes, letter: str, step: int) -> Iterator[tuple[int, ...]]:
    for start in range(0, len(content), _AT_ONCE * step):
        part = content[start : start + _AT_ONCE * step]
        count = 1 << (-(-len(part) // step) - 1).bit_length()
        yield _reader(letter, count).unpack(part.ljust(count * step, b"\0"))


@functools.cache
def _reader(letter: str, count: int) -> struct.Struct:
    return struct.Struct("=" + f"{letter}x" * count)


def _is_folded(content: bytes) -> bool:
    return any(sign in content for sign in _SOFT_BREAKS) or any(
        sign in content and pattern.search(content) for sign, pattern in _BASE64_BREAKS
    )


def _longest_first(forms: Iterable[bytes]) -> list[str]:
    return sorted((form.decode("utf-8", "surrogatepass") for form in forms), key=len, reverse=True)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
