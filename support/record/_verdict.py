"""Whose problem a status is: the one place where behave's words become ours."""

from __future__ import annotations

from typing import Final, Literal, get_args

Verdict = Literal["passed", "flaky", "failed", "broken", "skipped", "not run"]
"""`failed` is red, the product; `broken` is yellow, ours or the environment's; neither is ever shown as another.

`flaky` is what passed only when it was repeated in the same run: no attempt is, only what became of all of them.
"""

VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)

GREEN: Final[tuple[Verdict, ...]] = ("flaky", "passed")
"""Verdicts with which a run ends well; the first of them is the one of the whole."""

FLAKY: Final = "flaky"
"""The status of a scenario that is flaky; behave has no word for it."""

_VERDICT_OF: Final[dict[str, Verdict]] = {
    "passed": "passed",
    "xfailed": "passed",
    "xpassed": "passed",
    "pending_warn": "passed",
    FLAKY: "flaky",
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
