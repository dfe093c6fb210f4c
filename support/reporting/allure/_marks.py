"""What a scenario says of itself while it runs: `allure.dynamic`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

Marks = dict[str, Any]
"""title, description, description_html; labels, links and parameters as lists. JSON values only."""

MARKS: Final = "reporting"
"""The name in a scenario's facts under which stands what it has said of itself (see `Collector.leave`)."""

_LISTS: Final = frozenset({"labels", "links", "parameters"})


def say(marks: Marks, name: str, value: object) -> None:
    """Add to a list, or replace what was said before."""
    if name in _LISTS:
        marks.setdefault(name, []).append(value)
    else:
        marks[name] = value


def merged(all_marks: Iterable[Marks]) -> Marks:
    """What several say together; the last word counts where there can be one only."""
    found: Marks = {}
    for marks in all_marks:
        for name, value in marks.items():
            if name in _LISTS:
                found[name] = [*found.get(name, ()), *value]
            else:
                found[name] = value
    return found
