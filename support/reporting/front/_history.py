"""How the runs before went: a trend that is seen, and a table that is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ...record import GREEN
from .._plain_text import lasting
from ._markup import Html, element, folded, joined, link, section
from ._verdict import CLASSES, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ...record import Verdict
    from .._runs import PastRun

_HEIGHT: Final = 80
_STEP: Final = 20
_BAR: Final = 14
_LEAST: Final = 4.0  # one failure among thousands must be seen
_PARTS: Final[Sequence[Verdict]] = ("passed", "flaky", "broken", "failed")


def history(runs: Sequence[PastRun], folder: Path) -> Html:
    """The last runs, this one at the right; nothing if it is the first."""
    if len(runs) < 2:  # noqa: PLR2004 - one makes no trend
        return Html()
    rows = [_row(each, folder) for each in reversed(runs)]
    heads = ("Run", "When", "Verdict", "Passed", "Flaky", "Failed", "Broken", "Took")
    table = element(
        "table",
        element("thead", element("tr", *(element("th", each, scope="col") for each in heads))),
        element("tbody", *rows),
    )
    wide = element("div", table, class_="wide", tabindex="0", role="region", aria_label="The last runs")
    colours = "green passed, blue flaky, red failed, yellow broken"
    told = f"One bar a run, this one at the right: {colours}. Below it stands the verdict."
    return section(
        "The last runs", element("p", told, class_="place"), _trend(runs), folded("As a table", wide), name="history"
    )


def _trend(runs: Sequence[PastRun]) -> Html:
    most = max(1, *(sum(each.counts.get(part, 0) for part in _PARTS) for each in runs))
    bars = [_bar(each, number * _STEP, most) for number, each in enumerate(runs)]
    good = sum(each.verdict in GREEN for each in runs)
    return element(
        "svg",
        *bars,
        viewBox=f"0 0 {len(runs) * _STEP} {_HEIGHT + 10}",
        style=f"max-width:{len(runs) * _STEP * 1.6:.0f}px",
        role="img",
        aria_label=f"{good} of the last {len(runs)} runs passed; the last one is {runs[-1].verdict}",
    )


def _bar(run: PastRun, left: int, most: int) -> Html:
    top, parts = float(_HEIGHT), list[Html]()
    for part in _PARTS:
        if count := run.counts.get(part, 0):
            height = max(count / most * (_HEIGHT - 2 * _LEAST), _LEAST)
            top -= height
            parts.append(_rectangle(left, top, height, part))
    parts.append(_rectangle(left, _HEIGHT + 4, 4, run.verdict))
    told = ", ".join(f"{count} {name}" for name, count in run.counts.items() if count)
    return element("g", element("title", f"{run.run_id}: {run.verdict} ({told or 'no scenarios'})"), *parts)


def _rectangle(left: int, top: float, height: float, verdict: Verdict) -> Html:
    return element(
        "rect", x=str(left), y=f"{top:.1f}", width=str(_BAR), height=f"{height:.1f}", class_=CLASSES[verdict]
    )


def _row(run: PastRun, folder: Path) -> Html:
    there = (folder.parent / run.run_id / "index.html").exists()
    name = link(run.run_id, "..", run.run_id, "index.html") if there else joined([run.run_id])
    counts = [element("td", str(run.counts.get(part, 0))) for part in ("passed", "flaky", "failed", "broken")]
    return element(
        "tr",
        element("th", name, scope="row"),
        element("td", moment(run.started_at)),
        element("td", run.verdict, class_=CLASSES[run.verdict]),
        *counts,
        element("td", lasting(run.duration)),
    )
