"""Whose problem a status is: the one place where behave's words become ours."""

from __future__ import annotations

from typing import Final, Literal, get_args

Verdict = Literal["passed", "failed", "broken", "skipped", "not run"]
"""`failed` is red, the product; `broken` is yellow, ours or the environment's; neither is ever shown as another."""

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)

_VERDICT_OF: Final[dict[str, Verdict]] = {
    "passed": "passed",
    "xfailed": "passed",
    "xpassed": "passed",
    "pending_warn": "passed",
    "failed": "failed",
    "skipped": "skipped",
    "untested": "not run",
    "untested_pending": "not run",
    "untested_undefined": "not run",
}


def verdict_of(status: str) -> Verdict:
    """The verdict that a status of behave means.

    A disagreement with the product (AssertionError) is `failed` there and here. Every other trouble (error, hook_error,
    cleanup_error, undefined, pending), and any word that a later behave may bring, is `broken`: never green.
    """
    return _VERDICT_OF.get(status, "broken")
