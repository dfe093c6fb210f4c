"""Keep secrets and personal data out of everything that outlives a scenario.

The engine only: which names are secret and which values were used are given to it. It covers three ways in: a *field*
whose name is secret (in JSON, form bodies, headers, query strings and mappings), a *secret value* wherever it stands
(also URL-encoded, JSON-escaped and in base64), and well-known *shapes* (bearer tokens, passwords in URLs).
"""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

from ._errors import PromiseBroken, RehearsalError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

REDACTED: Final = "[redacted]"

_SECRET_NAMES: Final = (
    "password", "passwd", "passphrase", "secret", "token", "api_key", "apikey", "authorization", "cookie", "set-cookie",
    "csrf", "private_key", "access_key", "operator_key", "client_secret", "card_number", "cvv",
)  # fmt: skip
_SHORTEST_SECRET = 4  # shorter values stand in innocent text too often: redacting them would destroy the evidence


_JSON_VALUE: Final = r"""\"(?:[^"\\]|\\.)*\"|\\+\"[^"\\]*\\+\"|'[^']*'|\[[^\]]*\]|[-\w.]+"""
_FORM_VALUE: Final = r"""\"[^"]*\"|'[^']*'|[^&\s;,'"]+"""
_SHAPE: Final = re.compile(r"(\b(?:Bearer|Basic) +)[\w.~+/=-]{4,}|(\b\w{1,20}://[^\s:/@]{0,100}:)[^\s/@]+(?=@)")


class Redactor:
    """Replaces secrets by `[redacted]`; `fields` are further names whose values are secret or personal."""

    def __init__(self, fields: Iterable[str] = (), secrets: Iterable[str] = ()) -> None:
        names = {name.lower().replace("-", "_") for name in (*_SECRET_NAMES, *fields)}
        self._names = {_plain(name) for name in names}
        self._forms: set[str] = set()
        self._values: re.Pattern[str] | None = None
        patterns = sorted((re.escape(name).replace("_", "[-_ ]?") for name in names), key=len, reverse=True)
        key = rf"[\w-]*(?:{'|'.join(patterns)})[\w-]*"
        self._json = re.compile(rf"(\\*[\"']{key}\\*[\"']\s*:\s*)({_JSON_VALUE})", re.IGNORECASE)
        self._form = re.compile(rf"(?<![\w-])({key}\s*==?\s*)({_FORM_VALUE})", re.IGNORECASE)
        self._header = re.compile(rf"^((?:[<>*] )?{key}\s*: ).+$", re.IGNORECASE | re.MULTILINE)
        self.add(*secrets)

    def add(self, *secrets: str) -> None:
        """Make known secret values: they are redacted from now on, wherever they stand."""
        new = {form for secret in secrets if len(secret) >= _SHORTEST_SECRET for form in _forms(secret)}
        if new - self._forms:
            self._forms |= new
            longest_first = sorted(self._forms, key=len, reverse=True)
            self._values = re.compile("|".join(map(re.escape, longest_first)))

    def text(self, text: str) -> str:
        """The text without secrets."""
        if self._values is not None:
            text = self._values.sub(REDACTED, text)
        if '"' in text or "'" in text:  # most texts have none of these: looking first is ten times cheaper
            text = self._json.sub(_kept_name, text)
        if "=" in text:
            text = self._form.sub(rf"\1{REDACTED}", text)
        if ":" in text:
            text = self._header.sub(rf"\1{REDACTED}", text)
        return _SHAPE.sub(_kept_shape, text) if ":" in text or "Bearer" in text or "Basic" in text else text

    def value(self, name: str, value: object) -> object:
        """A JSON value without secrets: mappings and lists to any depth; `name` is the field it stands in."""
        if self.is_secret(name) and value not in (None, "", [], {}):
            return REDACTED
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {str(key): self.value(str(key), each) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.value("", each) for each in value]
        return value

    def mapping(self, values: Mapping[str, object]) -> dict[str, object]:
        """A mapping (headers, SQL parameters, ...) without secrets."""
        return {name: self.value(name, value) for name, value in values.items()}

    def is_secret(self, name: str) -> bool:
        """Whether a field of that name holds a secret."""
        plain = _plain(name)
        return any(known in plain for known in self._names)


def without_secrets(error: Exception, clean: Callable[[str], str]) -> Exception:
    """The error, its message clean: what behave prints of it has no other way through a redactor.

    An error that words its message itself is replaced by one of ours, of the same colour.
    """
    told = str(error)
    if (cleaned := clean(told)) == told:
        return error
    error.args = (cleaned,)
    if clean(str(error)) == str(error):
        return error
    words = f"{type(error).__name__}: {cleaned}"
    return PromiseBroken(words) if isinstance(error, AssertionError) else RehearsalError(words)


def _kept_shape(found: re.Match[str]) -> str:
    return f"{found[1] or found[2]}{REDACTED}"


def _kept_name(found: re.Match[str]) -> str:
    quote_mark = found[2][: len(found[2]) - len(found[2].lstrip("\\"))] + '"'  # JSON within JSON stays JSON
    return f"{found[1]}{quote_mark}{REDACTED}{quote_mark}"


def _plain(name: str) -> str:
    return re.sub("[-_ ]", "", name.lower())


def _forms(secret: str) -> set[str]:
    """The ways in which a secret may be written down."""
    encoded = base64.b64encode(secret.encode()).decode()
    urls = {quote(secret), quote(secret, safe=""), quote_plus(secret)}
    escaped = {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    return {secret, encoded, encoded.rstrip("=")} | urls | escaped
