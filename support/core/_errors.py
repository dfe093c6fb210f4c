"""The errors of Rehearsal, and how they are worded.

Red is the product, yellow is us or the environment::

    AssertionError
    └── PromiseBroken        what the product promised did not happen: *failed*, red
    Exception
    └── RehearsalError       something of ours or of the environment: *broken*, yellow
        ├── ConfigurationError   a setting, a file or a word is wrong; the user can mend it
        ├── NotPermitted         the profile does not grant what was about to be done (see `_permit`)
        └── PartUnavailable      a part of the system does not start, answer or stay up

Every message says what happened, with which value, and what to do next.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class PromiseBroken(AssertionError):  # noqa: N818 - it is a verdict, not an error of ours
    """The system under test did not do what it promised: a red result."""


class RehearsalError(Exception):
    """Something of ours or of the environment is wrong: a yellow result, never blamed on the product."""


class ConfigurationError(RehearsalError):
    """A setting, a file or a word that the user gave is wrong."""


class PartUnavailable(RehearsalError):  # noqa: N818 - the name is the message
    """A part of the system under test cannot be used; `part` is its name in system.toml."""

    def __init__(self, part: str, reason: str) -> None:
        super().__init__(f"{part}: {reason}")
        self.part = part
        self.reason = reason

    def __reduce__(self) -> tuple[type[PartUnavailable], tuple[str, str]]:
        """Survive pickling: the part and the reason travel apart."""
        return type(self), (self.part, self.reason)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The hint that ends an error about an unknown word, with the nearest known ones.

    Empty if nothing is known; all known words if none is near.
    """
    words = sorted(set(known))
    near = get_close_matches(word, words, n=2, cutoff=0.6)
    if near:
        return f"Did you mean {' or '.join(repr(each) for each in near)}?"
    return f"Known: {', '.join(words)}." if words else ""


def sentence(*parts: str) -> str:
    """Join the parts of a message by one space, leaving out the empty ones."""
    return " ".join(part.strip() for part in parts if part and part.strip())
