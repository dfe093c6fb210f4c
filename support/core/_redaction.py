"""Keep secrets and personal data out of everything that outlives a scenario.

The engine only: which names are secret and which values were used are given to it. It covers four ways in: a *secret
value* wherever it stands, in every notation; a *field* whose name is secret (in JSON, form bodies, headers, query
strings, HTML, code and mappings); well-known *shapes* (bearer tokens, passwords in URLs, private keys, cards); and
*patterns* of the user's own. All but the last take time in proportion to the length of a text, whatever stands in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from ._errors import PromiseBroken, RehearsalError
from ._redaction_patterns import compiled
from ._secret_fields import REDACTED, clean_fields
from ._secret_names import SecretNames
from ._secret_shapes import clean_shapes
from ._secret_values import SHORTEST_SECRET, KnownValues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_DEEPEST: Final = 100  # mappings and lists within each other
_TOO_DEEP: Final = "[left out: it lies too deep]"
_COLOUR: Final = re.compile("\x1b\\[[0-9;]*m")
_COMMAND: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")

TYPED: Final = "a value that a step typed"
"""The name of a secret that has no other."""


class Redactor:
    """Replaces secrets by `[redacted]`.

    `fields` are further words: a field whose name contains one is secret or personal. `personal` are names of fields
    that are so by their whole name, `kept` names that are not though they contain a secret word. `patterns` are regular
    expressions of what is personal wherever it stands. ConfigurationError tells which of them is none.
    """

    def __init__(
        self,
        fields: Iterable[str] = (),
        secrets: Iterable[str] = (),
        *,
        personal: Iterable[str] = (),
        kept: Iterable[str] = (),
        patterns: Iterable[str] = (),
    ) -> None:
        self._names = SecretNames(fields, personal, kept)
        self._patterns = [compiled(pattern) for pattern in patterns]
        self._values = KnownValues()
        self.when_learnt: Callable[[], object] = lambda: None
        self.add(*secrets)

    def add(self, *secrets: str, name: str = TYPED) -> None:
        """Make known secret values: they are redacted from now on, wherever they stand; `name` is what they are.

        Of new ones, `when_learnt` is told before anybody can use them.
        """
        before = len(self.secrets)
        for secret in secrets:
            self._values.add(secret, name)
        if len(self.secrets) > before:
            self.when_learnt()

    @property
    def secrets(self) -> Mapping[str, str]:
        """Every secret value that was made known, and its name."""
        return self._values.names

    def text(self, text: str) -> str:
        """The text without secrets."""
        text = clean_shapes(clean_fields(self.without_known(text), self._names))
        for pattern in self._patterns:
            text = pattern.sub(REDACTED, text)
        return text

    def without_known(self, text: str) -> str:
        """The text without the values that were made known: enough for one that was cleaned before they were."""
        return self._values.replace(text, REDACTED)

    def value(self, name: str, value: object) -> object:
        """A JSON value without secrets: mappings and lists; `name` is the field it stands in.

        What lies deeper than any reader follows is left out.
        """
        return self._value(name, value, 0)

    def mapping(self, values: Mapping[str, object]) -> dict[str, object]:
        """A mapping (headers, SQL parameters, ...) without secrets."""
        return {name: self.value(name, value) for name, value in values.items()}

    def is_secret(self, name: str) -> bool:
        """Whether a field of that name holds a secret."""
        return self._names.has(name)

    def _value(self, name: str, value: object, depth: int) -> object:
        if value is None or isinstance(value, bool) or value in ("", [], {}):
            return value
        if self.is_secret(name):
            return REDACTED
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict | list | tuple):
            return _TOO_DEEP if depth >= _DEEPEST else self._inside(value, depth + 1)
        return REDACTED if isinstance(value, int | float) and self._tells(value) else value

    def _inside(self, value: dict[object, object] | list[object] | tuple[object, ...], depth: int) -> object:
        if isinstance(value, dict):
            return self._object(value, depth)
        return [self._value("", each, depth) for each in value]

    def _tells(self, number: float) -> bool:
        """Whether a number is a secret, as one of a card is."""
        return len(text := str(number)) >= SHORTEST_SECRET and self.text(text) != text

    def _object(self, values: dict[object, object], depth: int) -> dict[str, object]:
        """A mapping without secrets, in its keys, too; `{"name": ..., "value": ...}` is a field of that name."""
        label = values.get("name")
        told = {"value": label, "name": ""} if isinstance(label, str) and "value" in values else {}
        named = {self.text(str(key)): (told.get(str(key), str(key)), each) for key, each in values.items()}
        return {key: self._value(name, each, depth) for key, (name, each) in named.items()}


def without_secrets(error: Exception, clean: Callable[[str], str]) -> Exception:
    """The error, its message clean and printable: what behave prints of it has no other way through a redactor.

    An error that words its message itself is replaced by one of ours, of the same colour.
    """
    told = str(error)
    if (cleaned := printable(clean(told))) == told:
        return error
    error.args = (cleaned,)
    if printable(clean(str(error))) == str(error):
        return error
    words = f"{type(error).__name__}: {cleaned}"
    return PromiseBroken(words) if isinstance(error, AssertionError) else RehearsalError(words)


def printable(text: str) -> str:
    """The text as any terminal can show it: no command to the terminal, and no character that cannot be encoded."""
    text = _COLOUR.sub("", text).encode("utf-8", "backslashreplace").decode()
    return _COMMAND.sub(lambda found: f"\\x{ord(found[0]):02x}", text)
