"""The categories of a report: whose problem a bad result is."""

from __future__ import annotations

from .._problems import PROBLEMS


def categories() -> list[dict[str, object]]:
    """The content of categories.json: each result says in its trace to which one it belongs (see `mark`)."""
    statuses = ["failed", "broken"]
    return [
        {"name": title, "matchedStatuses": statuses, "traceRegex": rf"[\s\S]*\[problem: {problem}\][\s\S]*"}
        for problem, title in PROBLEMS.items()
    ]


def mark(problem: str) -> str:
    """The words in a trace by which a category knows its results."""
    return f"[problem: {problem}]"
