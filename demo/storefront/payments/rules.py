"""What a card must look like before the bank is troubled; each rule answers in words that a customer understands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

NUMBER = re.compile(r"[0-9]{12,19}")
EXPIRY = re.compile(r"(0[1-9]|1[0-2])/([0-9]{2})")
SECURITY_CODE = re.compile(r"[0-9]{3,4}")
CENTURY = 2000
CHECK_NUMBER = "Check the card number."
CHECK_EXPIRY = "Check the expiry date: use MM/YY."
CHECK_SECURITY_CODE = "Check the security code."
EXPIRED = "The card has expired."


def good_number(text: object) -> str:
    """Return a card number as digits only; people write it in groups."""
    number = re.sub(r"[ -]", "", text) if isinstance(text, str) else ""
    if not NUMBER.fullmatch(number) or not passes_luhn(number):
        raise ValueError(CHECK_NUMBER)
    return number


def good_expiry(text: object) -> str:
    """Return the month until whose end a card is good, as ``MM/YY``."""
    expiry = text.replace(" ", "") if isinstance(text, str) else ""
    if not EXPIRY.fullmatch(expiry):
        raise ValueError(CHECK_EXPIRY)
    return expiry


def good_security_code(text: object) -> str:
    """Return the three or four digits that stand on the card besides its number."""
    code = text.strip() if isinstance(text, str) else ""
    if not SECURITY_CODE.fullmatch(code):
        raise ValueError(CHECK_SECURITY_CODE)
    return code


def passes_luhn(number: str) -> bool:
    """Tell whether the check digit is right: it finds each wrong digit, and most that changed places."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def has_expired(expiry: str, today: date) -> bool:
    """Tell whether a card is no longer good: it is through the last day of its month."""
    month, year = expiry.split("/")
    return (CENTURY + int(year), int(month)) < (today.year, today.month)
