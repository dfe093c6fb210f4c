"""Wrong passwords, as features count them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

GUESSES: Final = r"another wrong password|\d+ wrong passwords(?: at the same moment)?"


@dataclass(frozen=True, slots=True)
class Guesses:
    """So many wrong passwords, one after the other or all at once."""

    times: int = 1
    at_once: bool = False


def read_guesses(text: str) -> Guesses:
    """Read "another wrong password", "5 wrong passwords" or "12 wrong passwords at the same moment"."""
    number = re.match(r"\d+", text)
    return Guesses(int(number[0]) if number else 1, at_once=text.endswith("at the same moment"))
