"""Where a quoted value ends, and where a list or mapping does, in JSON (also within JSON) and in code."""

from __future__ import annotations

import functools
import re
from typing import Final

_TOKEN: Final = re.compile(
    r'"(?:[^"\\\n]|\\.)*+"?'  # a string
    r"|'(?:[^'\\\n]|\\.)*+'"  # one of Python; a lone apostrophe opens none
    r'|\\+"(?:[^"\\\n]|\\+[^"\\\n])*+(?:\\+")?'  # one within a string
    r"|[\[{(]|[\]})]"
)


def end_of_string(text: str, at: int, quote: str) -> int:
    """Where the string ends whose content begins there; `quote` is what opened it, with its backslashes."""
    content = _content(quote).match(text, at)
    return content.end() if content else at


def end_of_container(text: str, at: int) -> int:
    """Behind the bracket that closes the one that stands there; the end of the text, if none does."""
    depth = 0
    for token in _TOKEN.finditer(text, at):
        first = token[0][0]
        depth += (first in "[{(") - (first in "]})")
        if depth == 0 and first in "]})":
            return token.end()
    return len(text)


@functools.cache
def _content(quote: str) -> re.Pattern[str]:
    """What stands between such quotes, on one line."""
    if quote in {'"', "'", "`"}:
        return re.compile(rf"(?:[^{quote}\\\r\n]|\\.)*+")
    if not quote.startswith("\\"):  # the quotes of HTML and of addresses
        return re.compile(rf"(?:(?!{re.escape(quote)})[^\r\n])*+", re.IGNORECASE)
    return re.compile(rf"(?:(?!(?<!\\){re.escape(quote)})[^\r\n])*+")
