"""What a scenario must remember between its steps, under typed keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from ._errors import RehearsalError

T = TypeVar("T")


@dataclass(frozen=True)  # no slots: typing must be able to note the type argument
class Note(Generic[T]):
    """A typed key; `title` completes the sentence "No step has noted ... in this scenario".

    Two notes are the same key if their titles are.
    """

    title: str


class Notes:
    """The notes of one scenario: written by Given and When, read by Then."""

    def __init__(self) -> None:
        self._values: dict[Note[Any], Any] = {}

    def __setitem__(self, note: Note[T], value: T) -> None:
        self._values[note] = value

    def __getitem__(self, note: Note[T]) -> T:
        """What was noted; RehearsalError if no step has noted it yet."""
        if note in self._values:
            return cast("T", self._values[note])
        noted = ", ".join(known.title for known in self._values) or "nothing"
        msg = (
            f"No step has noted {note.title} in this scenario (noted so far: {noted}). "
            "Add the Given or When that produces it."
        )
        raise RehearsalError(msg)

    def get(self, note: Note[T]) -> T | None:
        """What was noted, or None."""
        return cast("T | None", self._values.get(note))

    def __contains__(self, note: Note[Any]) -> bool:
        return note in self._values
