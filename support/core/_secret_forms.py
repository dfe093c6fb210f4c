"""How a secret may be written down: in addresses, JSON, HTML, SQL, shells, mails, and in base64 at any place."""

from __future__ import annotations

import base64
import html
import json
import quopri
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, quote_plus

if TYPE_CHECKING:
    from collections.abc import Iterator

_EMBEDDED: Final = 8  # bytes; of what is shorter, base64 in the middle of more shows too few letters to be told
_LINE: Final = 16  # letters; a line of a key over many lines that is a secret by itself
_NO_NEED: Final = re.compile(r"[A-Za-z0-9_.~-]*")  # what every notation but base64 writes as it is
_JSON_IN_HTML: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&'"}
_HTML_BY_NUMBER: Final = {ord('"'): "&#34;", ord("'"): "&#39;", ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}


def forms_of(secret: str) -> set[str]:
    """Every form in which a secret may stand in a text; the lines of a key over many lines count each for itself."""
    forms: set[str] = set()
    for each in {secret, *_lines(secret)}:
        forms |= {each, *_in_base64(each), _bytes(each).hex()}
        if not _NO_NEED.fullmatch(each):
            escaped = set(_escaped(each))
            forms |= escaped | {form for text in _in_json(each) for form in _in_base64(text)}
    return {form for form in forms if form}


def _escaped(secret: str) -> Iterator[str]:
    yield from _in_urls(secret)
    for text in _in_json(secret):
        yield from (text, *_in_html(text), *_in_json(text))
    for text in _in_html(secret):
        yield from (text, *_in_json(text))
    yield from (repr(secret)[1:-1], repr(_bytes(secret))[2:-1])
    yield _bytes(secret).decode("latin-1")  # UTF-8 that somebody read as Latin-1
    yield quopri.encodestring(_bytes(secret)).decode().replace("=\n", "")
    yield quopri.encodestring(_bytes(secret), header=True).decode().replace("=\n", "")
    yield secret.replace("'", "''")  # SQL
    yield from (secret.replace("'", "'\"'\"'"), secret.replace("'", "'\\''"))  # shells
    yield secret.replace("\n", "\r\n")


def _in_urls(secret: str) -> Iterator[str]:
    for safe in ("", "/", "!'()*~", ";/?:@&=+$,#!'()*~"):  # strict, of Python, and the two of JavaScript
        once = quote(_bytes(secret), safe=safe)
        yield from (once, _lower_hex(once))
    for once in (quote_plus(_bytes(secret)), quote(quote(_bytes(secret), safe=""), safe="")):
        yield from (once, _lower_hex(once))


def _lower_hex(text: str) -> str:
    return re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), text)


def _in_json(secret: str) -> set[str]:
    plain, ascii_only = json.dumps(secret, ensure_ascii=False)[1:-1], json.dumps(secret)[1:-1]
    return {
        form for text in (plain, ascii_only) for form in (text, text.replace("/", "\\/"), text.translate(_JSON_IN_HTML))
    }


def _in_html(secret: str) -> set[str]:
    by_name = html.escape(secret)
    return {
        by_name,
        by_name.replace("&#x27;", "&apos;"),
        html.escape(secret, quote=False),
        secret.translate(_HTML_BY_NUMBER),
        "".join(sign if sign.isascii() else f"&#{ord(sign)};" for sign in by_name),
    }


def _in_base64(secret: str) -> set[str]:
    """Whole, and what is certain of it wherever it stands in something longer; in both alphabets."""
    content = _bytes(secret)
    whole = base64.b64encode(content).decode()
    forms = {whole, whole.rstrip("=")}
    if len(content) >= _EMBEDDED:
        for before in range(3):
            letters = base64.b64encode(bytes(before) + content).decode()
            forms.add(letters[-(-before * 8 // 6) : (before + len(content)) * 8 // 6])
    return forms | {form.replace("+", "-").replace("/", "_") for form in forms}


def _lines(secret: str) -> list[str]:
    """The lines of a secret of several lines that tell something: not the first and the last of a PEM block."""
    lines = [line.strip() for line in secret.splitlines()]
    return [line for line in lines if len(line) >= _LINE and not line.startswith("-----")] if len(lines) > 1 else []


def _bytes(secret: str) -> bytes:
    return secret.encode("utf-8", "surrogatepass")
