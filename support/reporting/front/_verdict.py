"""The head of the page: how it went, in words, numbers and colour."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from ...record import VERDICTS
from .._plain_text import lasting, one_line
from ._markup import Html, element, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...record import Run, Verdict

CLASSES: Final[Mapping[Verdict, str]] = {
    "passed": "pass",
    "flaky": "flak",
    "failed": "fail",
    "broken": "brok",
    "skipped": "skip",
    "not run": "none",
}
"""The class of an element that has the colour of a verdict."""

_ORDER: Final[tuple[Verdict, ...]] = ("failed", "broken", "flaky", "passed", "skipped", "not run")


def verdict(run: Run) -> Html:
    """The verdict, what it means, when and where it was found."""
    return element(
        "header",
        element("p", run.started.system or "Acceptance tests", class_="over"),
        element("h1", run.verdict.capitalize()),
        element("p", meaning(run), class_="lead"),
        element("p", *_when(run), class_="when"),
        _numbers(run),
        class_=CLASSES[run.verdict],
    )


def meaning(run: Run) -> str:
    """The verdict in a sentence or two, as one would say it to somebody who waits."""
    counts, total = run.counts, len(run.outcomes)
    said = []
    if not run.complete:
        said.append("The run did not come to its end.")
    if counts["failed"]:
        said.append(f"The product breaks its promise in {_of(counts['failed'], total)}.")
    if counts["broken"]:
        whose = "the trouble is ours or the environment's, not the product's"
        said.append(f"{_of(counts['broken'], total)} could not be judged: {whose}.")
    said += _shaky(run, total)
    if run.verdict == "passed":
        ran = counts["passed"]
        said.append(f"All {ran} scenarios that ran passed." if ran > 1 else "The scenario that ran passed.")
    if run.verdict == "not run":
        said.append("No scenario ran, so nothing is known about the product.")
    if run.finished and run.finished.aborted:
        said.append("It was broken off.")
    if run.finished and run.finished.reason:
        said.append(one_line(run.finished.reason, 600))
    return " ".join(said) or "No scenario is to blame, and yet the run ended badly."


def _shaky(run: Run, total: int) -> Iterator[str]:
    if count := run.counts["flaky"]:
        yield f"{_of(count, total)} passed only when repeated."
    if run.fails_on_flaky:
        yield "That fails this run, as it was asked to: -D fail_on_flaky."
    if run.verdict == "flaky" and (others := run.counts["passed"]):
        yield f"The other {others} that ran passed at once."


def stack(counts: Mapping[Verdict, int]) -> Html:
    """A bar with a part for each verdict."""
    total = sum(counts.values())
    parts = [element("span", class_=CLASSES[each], style=f"flex:{counts[each]}") for each in _ORDER if counts.get(each)]
    told = ", ".join(f"{counts[each]} {each}" for each in _ORDER if counts.get(each))
    return element("div", *parts, class_="stack", role="img", aria_label=told) if total else Html()


def moment(seconds: float) -> Html:
    """A moment, in the time of the machine that tells it."""
    try:
        at = datetime.fromtimestamp(seconds).astimezone()
    except (OverflowError, ValueError, OSError):
        return Html("an unknown time")
    return element("time", f"{at:%-d %B %Y, %H:%M} {at:%Z}", datetime=at.isoformat(timespec="seconds"))


def _of(count: int, total: int) -> str:
    return f"{count} of {total} scenario{'s' * (total != 1)}"


def _when(run: Run) -> list[str]:
    told: list[str] = [moment(run.started.started_at)]
    if run.finished:
        told.append(f"took {lasting(run.finished.duration)}")
    if run.started.profile:
        told.append(f"profile {run.started.profile}")
    told += [f"seed {run.started.seed}", f"run {run.started.run_id}"]
    parts = [joined([each, " ·" * (number < len(told))]) for number, each in enumerate(told, 1)]
    return [joined([element("span", each), " "]) for each in parts]


def _numbers(run: Run) -> Html:
    counts = run.counts
    tiles = [
        element(
            "div",
            element("dt", each),
            element("dd", str(counts[each])),
            class_=CLASSES[each] if counts[each] else "zero",
        )
        for each in VERDICTS
    ]
    return joined([element("dl", *tiles, class_="tiles"), stack(counts)])
