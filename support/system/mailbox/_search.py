"""Mailpit's search language, as far as tests use it: words, `to:`, `from:`, `subject:` and their negation by `-`."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ._store import Mail


def search(mails: Iterable[Mail], query: str) -> list[Mail]:
    """The mails that have every word of the query; a field's word may be part of an address or a subject."""
    terms = [(term.removeprefix("-"), not term.startswith("-")) for term in _terms(query)]
    return [mail for mail in mails if all(_has(mail, term) is wanted for term, wanted in terms)]


def _terms(query: str) -> list[str]:
    try:
        return shlex.split(query.lower())
    except ValueError:  # a quotation mark without its fellow
        return query.lower().split()


def _has(mail: Mail, term: str) -> bool:
    field, colon, word = term.partition(":")
    if colon and field in mail.fields:
        return any(word in text for text in mail.fields[field])
    return any(term in text for texts in (*mail.fields.values(), mail.bodies) for text in texts)
