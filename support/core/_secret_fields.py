"""Finding the values of secret fields in any text, whatever its notation: JSON, forms, headers, HTML, XML, code.

A text is read from left to right, from one name of a secret field to the next; what stands after the name (and a
little of what stands before) tells the notation, and this tells where the value ends. A value that does not end, as in
a text that was cut, ends with its line. Nothing is read twice, so hostile texts take no longer than others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from ._secret_ends import end_of_container, end_of_string
from ._secret_names import in_small_letters

if TYPE_CHECKING:
    from ._secret_names import SecretNames

REDACTED: Final = "[redacted]"

_LONGEST_NAME: Final = 64
_NAME: Final = re.compile(r"[\w-]*+")
_QUOTE: Final = r"""\\{0,15}+["'`]|&quot;|&\#0?3[49];|&\#x27;|%22|%27"""
_AFTER: Final = re.compile(
    rf"""(?:\]|%5D){{0,3}}(?P<quote>{_QUOTE})?(?:::\w{{1,30}})?"""
    r"""[ \t]{0,20}+(?P<sign>=>|[:!]?={1,3}|:|%3D|%3A|,)[ \t]{0,20}+""",
    re.IGNORECASE,
)
_OPENING: Final = re.compile(rf"\s{{0,200}}+(?:[bBuUrRfF]{{1,2}}(?=[\"']))?(?P<quote>{_QUOTE})?", re.IGNORECASE)
_BARE: Final = re.compile(r"""[^\s,;&<>()\[\]{}"'\\]++""")
_FORM: Final = re.compile(r"""(?:[^&\s;,'"`<>\\%]|%(?!2[26])|\\(?![nrt"'\\u]))++""")
_NOTHING: Final = {"null", "none", "true", "false", "undefined", "nil"}
_LINE: Final = re.compile(r"[^\r\n]*+")
_ESCAPED_LINE: Final = re.compile(r"""(?:[^\r\n"\\]|\\(?![rn"]))*+""")
_AT_LINE_START: Final = re.compile(r"(?:\A|[\r\n])[ \t]*(?:[<>*-] )?\Z")
_NAMED: Final = re.compile(r"""\b(?:name|key)\\*["']\s*:\s*\\*["']\Z""")
_VALUE_NEXT: Final = re.compile(r"""\s{0,200}+\\{0,15}+["']value\\{0,15}+["']\s{0,20}+:""")
_BESIDE_VALUE: Final = re.compile(r"""\\{0,15}+["']\s{0,200}+,\s{0,200}+\\{0,15}+["']value\\{0,15}+["']""")
_PAIR: Final = re.compile(r"""[\[(]\s*\\*["']\Z""")
_PAIRED: Final = re.compile(r"(?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]+", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r"""(?:name|id|type|property|autocomplete|itemprop)\s*=\s*\\*["']?\Z""", re.IGNORECASE)
_CONTENT: Final = re.compile(
    r"""\s(?:value|content)\s{0,9}=\s{0,9}(?:\\*+["']([^"'\\<>]+)|([^\s"'\\<>]+))""", re.IGNORECASE
)
_ESCAPED_BREAKS: Final = {"\\n", "\\r", "\\t"}
_OPENS_ELEMENT: Final = re.compile(r"<(?:[\w.-]{1,30}:)?\Z")
_ELEMENT: Final = re.compile(r"[^<>]{0,300}+>([^<]*+)")
_TAG: Final = 500  # characters of a tag of HTML on either side of the name


class _Value(NamedTuple):
    start: int
    end: int
    replacement: str = REDACTED


def clean_fields(text: str, names: SecretNames) -> str:
    """The text without the values of fields that have one of these names."""
    lower = in_small_letters(text)
    pattern = names.pattern(lower)
    if pattern is None:
        return text
    pieces: list[str] = []
    done = at = 0
    while found := pattern.search(lower, at):
        start, at = _whole_name(text, found, at)
        value = _value_of(text, start, at) if names.has(text[start:at]) else None
        if value is not None and value.start >= done and value.end > value.start:
            pieces += (text[done : value.start], value.replacement)
            done = value.end
            at = max(at, done)
    return "".join((*pieces, text[done:]))


def _whole_name(text: str, found: re.Match[str], at: int) -> tuple[int, int]:
    start = found.start()
    lowest = max(at, start - _LONGEST_NAME)
    while start > lowest and (text[start - 1].isalnum() or text[start - 1] in "_-"):
        start -= 1
    if text[start - 1 : start + 1] in _ESCAPED_BREAKS and start < found.start():
        start += 1  # the letter belongs to a line break within JSON
    end = _NAME.match(text, found.end())
    return start, end.end() if end else found.end()


def _value_of(text: str, start: int, end: int) -> _Value | None:
    """The value of the field whose name stands there, if it is the name of a field."""
    before = text[max(0, start - 40) : start]
    if before.rstrip("\\\"' ").endswith("=") and _ATTRIBUTE.search(before):
        return _in_tag(text, start, end)
    if _OPENS_ELEMENT.search(before) and (element := _ELEMENT.match(text, end)):
        return _Value(*element.span(1))
    after = _AFTER.match(text, end)
    if after is None or (text[start:end].lower() == "name" and _is_label(text, start, after)):
        return None
    return _after_name(text, start, before, after)


def _after_name(text: str, start: int, before: str, after: re.Match[str]) -> _Value | None:
    """The value behind the sign that follows the name."""
    sign = after["sign"]
    if after["quote"]:
        return _in_pair(text, start, before, after) if sign == "," else _in_json(text, after.end(), after["quote"])
    if sign == ",":
        return None
    if sign in {":", "%3A", "%3a"}:
        return _in_header(text, start, before, after.end())
    return _in_form(text, after.end())


def _in_json(text: str, at: int, quote: str) -> _Value | None:
    """A string, a list or mapping as a whole, or a number; what stands for nothing stays."""
    opening = _OPENING.match(text, at)
    if opening is None:
        return None
    at = opening.end()
    if opening["quote"]:
        return _Value(at, end_of_string(text, at, opening["quote"]))
    if text.startswith(("[", "{", "("), at):
        end = end_of_container(text, at)
        return None if text[at:end] in {"[]", "{}", "()", REDACTED} else _Value(at, end, f"{quote}{REDACTED}{quote}")
    bare = _BARE.match(text, at)
    if bare is None or bare[0].lower() in _NOTHING:
        return None
    return _Value(at, bare.end(), f"{quote}{REDACTED}{quote}")


def _in_form(text: str, at: int) -> _Value | None:
    if (opening := _OPENING.match(text, at)) and opening["quote"] and "\n" not in opening[0]:
        return _Value(opening.end(), end_of_string(text, opening.end(), opening["quote"]))
    bare = _FORM.match(text, at)
    return None if bare is None or bare[0].lower() in _NOTHING else _Value(*bare.span())


def _in_header(text: str, start: int, before: str, at: int) -> _Value | None:
    """The rest of the line of a header, of a quoted header, of one within JSON; or the property of an object."""
    if before.endswith(("'", '"')):
        return _Value(at, end_of_string(text, at, before[-1]))
    if before.endswith(("\\n", "\\r")) and (rest := _ESCAPED_LINE.match(text, at)):
        return _Value(*rest.span())
    starts = _AT_LINE_START.search(before if start <= len(before) else f"-{before}")
    if starts and (rest := _LINE.match(text, at)):
        return _Value(*rest.span())
    if text.startswith(("'", '"', "`"), at):
        return _in_form(text, at)
    return _in_json(text, at, "") if before.rstrip().endswith("{") else None


def _in_pair(text: str, start: int, before: str, after: re.Match[str]) -> _Value | None:
    """The value of `{"name": NAME, "value": VALUE}`, as in archives of HTTP, or of a header as a pair."""
    if _NAMED.search(before) and (value := _VALUE_NEXT.match(text, after.end())):
        return _in_json(text, value.end(), after["quote"])
    if _PAIR.search(before) and _PAIRED.fullmatch(text, start, after.start()):
        return _in_json(text, after.end(), after["quote"])
    return None


def _is_label(text: str, start: int, after: re.Match[str]) -> bool:
    """Whether this `name` is that of a field, which somebody's name is not: beside a `value`, or within a tag."""
    if after["quote"] and (opening := _OPENING.match(text, after.end())) and opening["quote"]:
        return _BESIDE_VALUE.match(text, end_of_string(text, opening.end(), opening["quote"])) is not None
    lowest = max(0, start - _TAG)
    return text.rfind("<", lowest, start) > text.rfind(">", lowest, start)


def _in_tag(text: str, start: int, end: int) -> _Value | None:
    """The value of the field of a form, or the content of a `<meta>`, whose name, type or kind is secret."""
    opens, closes = text.rfind("<", max(0, start - _TAG), start), text.find(">", end, end + _TAG)
    if opens < 0:
        return None
    content = _CONTENT.search(text, opens, closes if closes >= 0 else min(len(text), end + _TAG))
    return _Value(*content.span(content.lastindex or 0)) if content else None
