"""Mailpit's search language, as far as tests use it: words, `to:`, `from:`, `subject:` and their negation by `-`."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from ._shapes import summary, text_of

if TYPE_CHECKING:
    from ._store import Mail


def matches(mail: Mail, query: str) -> bool:
    """Whether the mail has every word of the query; a field's word may be part of an address or a subject."""
    return all(_has(mail, term.removeprefix("-")) is not term.startswith("-") for term in _terms(query))


def _terms(query: str) -> list[str]:
    try:
        return shlex.split(query.lower())
    except ValueError:  # a quotation mark without its fellow
        return query.lower().split()


def _has(mail: Mail, term: str) -> bool:
    field, colon, word = term.partition(":")
    shown = summary(mail)
    places = {
        "to": [*(person["Address"] for person in shown["To"]), *mail.recipients],
        "from": [shown["From"]["Address"], shown["From"]["Name"]],
        "subject": [shown["Subject"]],
        "message-id": [shown["MessageID"]],
    }
    if colon and field in places:
        return any(word in place.lower() for place in places[field])
    everywhere = [text for texts in places.values() for text in texts] + [text_of(mail, "plain"), text_of(mail, "html")]
    return any(term in place.lower() for place in everywhere)
