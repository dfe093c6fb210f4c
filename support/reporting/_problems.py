"""Whose problem a bad result is, by what went wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..record import FixtureRecord, ScenarioRecord

PROBLEMS: Final[Mapping[str, str]] = {
    "product": "Product: it does not do what was promised",
    "contract": "Contract: an interface is not what was agreed",
    "environment": "Environment: a part is missing, ill or out of reach",
    "timing": "Timing: something did not happen in time",
    "data": "Data: it is not as the scenario needs it",
    "test": "Test: our own steps, words or settings are wrong",
}
"""Whose problem it may be, and the title of its category."""

_TYPES: Final[Sequence[tuple[str, re.Pattern[str]]]] = (
    ("timing", re.compile(r"Timeout|TimedOut|DeadlineExceeded")),
    ("data", re.compile(r"Integrity|Unique|ForeignKey|DataError|Duplicate|Seed|Clearing|Leftover")),
    ("environment", re.compile(
        r"Unavailable|Connect|NotPermitted|TargetClosed|OperationalError|OSError|SSL|Proxy|BrokenPipe|MemoryError"
        r"|PermissionError|FileNotFound|Killed|Interrupt")),
)  # fmt: skip
_WAITED: Final = ("Still not true after", "Still failing after")
_ENDED: Final = "The run ended inside this scenario"


def problem_of(record: ScenarioRecord, troubles: Sequence[FixtureRecord] = ()) -> str:
    """A key of PROBLEMS for a red or yellow result, else empty; what triage has found out goes before our guess."""
    if record.verdict not in {"failed", "broken"}:
        return ""
    told: Mapping[str, Any] = record.facts.get("triage") or {}
    if (judged := str(told.get("problem", ""))) in PROBLEMS:
        return judged
    kind, message = _what(record, troubles)
    if message.startswith(_WAITED):
        return "timing"
    if record.verdict == "failed":
        return "contract" if "contract" in record.tags or kind.startswith("Contract") else "product"
    if record.reason.startswith(_ENDED):
        return "environment"
    return next((problem for problem, types in _TYPES if types.search(kind)), "test")


def _what(record: ScenarioRecord, troubles: Sequence[FixtureRecord]) -> tuple[str, str]:
    """The type and the message of the first thing that went wrong."""
    for step in record.steps:
        if step.error and step.status not in {"skipped", "untested"}:
            return step.error_type, step.error
    return next(((each.error_type, each.error) for each in troubles), ("", record.reason))
