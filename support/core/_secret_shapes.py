"""What is a secret by its looks, wherever it stands: bearer tokens, passwords in addresses, keys, cards."""

from __future__ import annotations

import re
from typing import Final

from ._secret_fields import REDACTED

_SCHEME: Final = re.compile(r"(\b(?:Bearer|Basic|Digest|Negotiate) +)[\w.~+/=-]{4,}+", re.IGNORECASE)
_IN_ADDRESS: Final = re.compile(r"(://[^\s:/@]{0,100}:)[^\s/@]+(?=@)")
_JSON_TOKEN: Final = re.compile(r"(?<![\w-])eyJ[\w-]{8,}+\.[\w-]{8,}+(?:\.[\w-]*+)?")
_PRIVATE_KEY: Final = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----(?:[^-]|-(?!----))*+(?:-----END [^-]{0,60}-----)?"
)
_CARD: Final = re.compile(r"(?<![\w.-])[3-6]\d{3}([ -]?)(?:\d{4}\1\d{4}\1\d{4}|\d{6}\1\d{5})(?![\w-]|\.\d)")
_HAS_CARD: Final = re.compile(r"\d{4}[ -]?\d{4}[ -]?\d{2}")


def clean_shapes(text: str) -> str:
    """The text without what is a secret by its looks."""
    if "://" in text:
        text = _IN_ADDRESS.sub(rf"\1{REDACTED}", text)
    if "eyJ" in text:
        text = _JSON_TOKEN.sub(REDACTED, text)
    if "PRIVATE KEY-----" in text:
        text = _PRIVATE_KEY.sub(REDACTED, text)
    if "earer " in text or "asic " in text or "igest " in text or "egotiate " in text:
        text = _SCHEME.sub(rf"\1{REDACTED}", text)
    return _CARD.sub(_card, text) if _HAS_CARD.search(text) else text


def _card(found: re.Match[str]) -> str:
    """Nothing of a number that may be a card's: nine in ten of other long numbers fail the check of the last digit."""
    digits = [int(sign) for sign in found[0] if sign.isdigit()][::-1]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return REDACTED if (sum(digits[::2]) + sum(doubled)) % 10 == 0 else found[0]
