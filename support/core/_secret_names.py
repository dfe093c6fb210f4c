"""Which names of fields say that the value is secret, and where such names stand in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SECRET_WORDS: Final = (
    "password", "passwd", "passphrase", "passcode", "secret", "token", "api_key", "authorization", "cookie", "csrf",
    "private_key", "access_key", "operator_key", "card_number", "cc_number", "cc_csc", "cvv", "cvc", "security_code",
    "one_time_code",
)  # fmt: skip
"""Words that make every name secret that contains one of them."""
_MOST_REMEMBERED: Final = 10_000  # names; a body of random names must not fill the memory
_LONGEST_REMEMBERED: Final = 64


class SecretNames:
    """Names whose values are secret or personal: those that contain one of a few words, and those that are one.

    `words` are further words that a secret name contains, `exactly` names that are meant as a whole ("name", where
    "file_name" is none), `kept` names that are no secrets though they contain a word. Case and separators do not count.
    """

    def __init__(self, words: Iterable[str] = (), exactly: Iterable[str] = (), kept: Iterable[str] = ()) -> None:
        within, whole = [_words(name) for name in (*SECRET_WORDS, *words)], [_words(name) for name in exactly]
        self._within, self._whole = {plain_name(name) for name in within}, {plain_name(name) for name in whole}
        self._kept = {plain_name(name) for name in kept}
        self._by_ending: dict[str, list[str]] = {}
        for name in (*within, *whole):
            self._by_ending.setdefault(name.rpartition("_")[2], []).append(name)
        self._patterns: dict[tuple[str, ...], re.Pattern[str]] = {}
        self._remembered: dict[str, bool] = {}

    def has(self, name: str) -> bool:
        """Whether a field of that name holds a secret."""
        known = self._remembered.get(name)
        if known is None:
            plain = plain_name(name)
            known = plain not in self._kept and (plain in self._whole or any(word in plain for word in self._within))
            if len(self._remembered) < _MOST_REMEMBERED and len(name) <= _LONGEST_REMEMBERED:
                self._remembered[name] = known
        return known

    def pattern(self, lower: str) -> re.Pattern[str] | None:
        """What finds the words of secret names in this text (in small letters), or None if there is none.

        Most texts hold none of them, or one or two: to look for these only is many times faster.
        """
        there = tuple(ending for ending in self._by_ending if ending in lower)
        if there and there not in self._patterns:
            names = sorted((name for ending in there for name in self._by_ending[ending]), key=len, reverse=True)
            self._patterns[there] = re.compile("|".join(re.escape(name).replace("_", "[-_ ]?") for name in names))
        return self._patterns.get(there)


def in_small_letters(text: str) -> str:
    """The text in small letters, each at its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[- _]+", "_", name.strip()).lower()


def plain_name(name: str) -> str:
    """The name as names are compared: without case and separators."""
    return re.sub("[-_ ]", "", name.lower())
