"""Ids that are drawn from what they stand for, so that writing a run twice gives the same files."""

from __future__ import annotations

import hashlib
from functools import lru_cache


@lru_cache(maxsize=64)  # a scenario's are asked for when it begins and when it ends
def digest(*words: str) -> str:
    """32 hexadecimal digits that no other words have."""
    return hashlib.md5("\x00".join(words).encode("utf-8", "backslashreplace"), usedforsecurity=False).hexdigest()


def uuid_of(*words: str) -> str:
    """A UUID that no other words have."""
    found = digest(*words)
    return f"{found[:8]}-{found[8:12]}-{found[12:16]}-{found[16:20]}-{found[20:]}"
