"""JSON within archives, cleaned by its structure, so that it stays JSON: line by line, as in a browser's trace."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from ._secret_fields import REDACTED
from ._secret_values import KnownValues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TYPED: Final = ("value", "__playwright_value_")  # the attributes in which a snapshot holds what stands in a field
_TIGHT: Final = ((",", ": "), (",", ":"))
_NAMING: Final = ("name", "id", "autocomplete", "aria-label", "placeholder")
_SHORTEST_TEXT: Final = 8  # shorter private texts stand elsewhere for themselves
_IN_A_FIELD: Final = "what was typed in secret"


class JsonCleaner:
    """Cleans lines of JSON and plain text of one archive; learns from its snapshots what was typed in secret.

    A field is private if it is a password's, marked `data-private`, or has a name whose values `clean` takes out.
    """

    def __init__(self, clean: Callable[[str], str]) -> None:
        self._clean = clean
        self._names: dict[str, bool] = {}
        self._seen: dict[str, str] = {}
        self._typed = KnownValues()

    def learn(self, text: str) -> None:
        """Note what stands in private fields of the snapshots in these lines."""
        for line in text.splitlines():
            if "__playwright_value_" in line or "data-private" in line:
                with suppress(RecursionError):
                    self._note(_parsed(line))

    def lines(self, text: str) -> str:
        """Lines of JSON (or one value over many lines), cleaned; what is no JSON is cleaned as text."""
        if "\n" in text.strip() and _parsed(text) is not None:
            return self._line(text, indent=2)
        return "\n".join(map(self._line, text.split("\n")))

    def text(self, text: str) -> str:
        """Any text without secrets, and without what was typed into private fields."""
        return self._clean(self._typed.replace(text, REDACTED))

    def _line(self, line: str, indent: int | None = None) -> str:
        value = _parsed(line)
        if value is None:
            return self.text(line)
        try:
            cleaned = self._value(value)
        except RecursionError:
            return self.text(line)
        return line if cleaned == value else json.dumps(cleaned, indent=indent, separators=_TIGHT[indent is None])

    def _value(self, value: Any, *, secret: bool = False) -> Any:  # noqa: ANN401 - JSON has no better type
        if isinstance(value, str):
            return REDACTED if secret and value else self._string(value)
        if isinstance(value, dict):
            return self._object(value, secret=secret)
        if isinstance(value, list):
            private = _is_private_text(value)
            return [self._value(each, secret=secret or (private and place > 1)) for place, each in enumerate(value)]
        return REDACTED if secret and value is not None and not isinstance(value, bool) else value

    def _object(self, value: dict[str, Any], *, secret: bool) -> dict[str, Any]:
        private = self._is_private(value)
        return {
            self._string(key): self._value(each, secret=secret or self._is_secret(key) or (private and key in _TYPED))
            for key, each in value.items()
        }

    def _string(self, text: str) -> str:
        """Cleaned; short strings come back thousands of times, and are cleaned once."""
        if len(text) > 200:  # noqa: PLR2004 - see above
            return self.text(text)
        if text not in self._seen:
            self._seen[text] = self.text(text)
        return self._seen[text]

    def _is_secret(self, name: str) -> bool:
        """Whether the values of a field of that name are taken out."""
        if name not in self._names:
            sample = json.dumps({name: "a-sample"})
            self._names[name] = self._clean(sample) != sample
        return self._names[name]

    def _is_private(self, element: dict[str, Any]) -> bool:
        """Whether what looks like a field (its attributes, or a pair of `name` and `value`) holds a secret."""
        if not any(typed in element for typed in _TYPED):
            return False
        if element.get("type") == "password" or "data-private" in element:
            return True
        return any(isinstance(name := element.get(key), str) and self._is_secret(name) for key in _NAMING)

    def _note(self, value: Any) -> None:  # noqa: ANN401 - JSON has no better type
        if isinstance(value, dict):
            if self._is_private(value):
                for told in filter(None, map(value.get, _TYPED)):
                    self._typed.add(str(told), _IN_A_FIELD)
            value = list(value.values())
        if isinstance(value, list):
            if _is_private_text(value):
                for text in _texts(value[2:]):
                    self._typed.add(text, _IN_A_FIELD)
            for each in value:
                self._note(each)


def _is_private_text(node: list[Any]) -> bool:
    """Whether what looks like an element of a snapshot, `[NAME, ATTRIBUTES, CONTENT, ...]`, is marked as private."""
    return len(node) > 1 and isinstance(node[1], dict) and "data-private" in node[1]


def _texts(content: list[Any]) -> Iterator[str]:
    for each in content:
        if isinstance(each, list):
            yield from _texts(each[2:])
        elif isinstance(each, str) and len(each.strip()) >= _SHORTEST_TEXT:
            yield each.strip()


def _parsed(line: str) -> Any:  # noqa: ANN401 - JSON has no better type
    """What the line says, or None if it is no JSON."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
