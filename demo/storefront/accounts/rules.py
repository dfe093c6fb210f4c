"""What a registration must look like; each rule answers in words that a customer understands."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 80
LONGEST_EMAIL = 254
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
