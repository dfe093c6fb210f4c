"""What accounts accepts; each rule answers in words that the person who typed it understands."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

LONGEST_NAME = 80
LONGEST_EMAIL = 254
FIRST_YEAR, LAST_YEAR = 2000, 2099
SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 128
_EMAIL = re.compile(r"[^\s@<>(),;:\"\\\[\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def normal_email(text: str) -> str:
    """Return an address as it is compared and kept: trimmed and in lower case."""
    email = text.strip().lower()
    local = email.partition("@")[0]
    dots = local.startswith(".") or local.endswith(".") or ".." in local
    if not _EMAIL.fullmatch(email) or len(email) > LONGEST_EMAIL or dots or not email.isprintable():
        msg = "Enter an e-mail address such as ada@example.com."
        raise ValueError(msg)
    return email


def normal_name(text: str) -> str:
    """Return a customer's or a shop's name, trimmed."""
    name = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        msg = f"Enter a name of 1 to {LONGEST_NAME} characters."
        raise ValueError(msg)
    return name


def good_password(text: str) -> str:
    """Return a password that is neither too short nor too long."""
    if len(text) < SHORTEST_PASSWORD:
        msg = f"Use a password of at least {SHORTEST_PASSWORD} characters."
        raise ValueError(msg)
    if len(text) > LONGEST_PASSWORD:
        msg = f"Use a password of at most {LONGEST_PASSWORD} characters."
        raise ValueError(msg)
    return text


def typed_email(text: str) -> str:
    """Return what was typed as an e-mail address as it is compared: it may be none, and is then nobody's."""
    return "".join(character for character in text.strip().lower() if character.isprintable())


def typed_password(text: str) -> str:
    """Return what was typed as a password; what is longer than any is not checked, which takes long."""
    if len(text) > LONGEST_PASSWORD:
        msg = f"A password has at most {LONGEST_PASSWORD} characters."
        raise ValueError(msg)
    return text


def known_time_zone(text: str) -> str:
    """Return the name of a time zone that exists."""
    if text not in time_zones():
        near = get_close_matches(text, time_zones(), n=1)
        hint = f"Did you mean {near[0]!r}?" if near else "Use a name such as 'Europe/London'."
        msg = f"There is no time zone {text!r}. {hint}"
        raise ValueError(msg)
    return text


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones, without those that are none to a person."""
    return frozenset(available_timezones() - {"Factory", "localtime"})


def moment(given: object) -> datetime:
    """Return the moment that is given as a text in ISO 8601 with its time zone, in UTC."""
    try:
        read = datetime.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        msg = "Give a moment with its time zone, such as '2026-03-01T09:00:00Z'."
        raise ValueError(msg)
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        msg = f"Give a moment from the year {FIRST_YEAR} to {LAST_YEAR}."
        raise ValueError(msg)
    return read.astimezone(UTC)
