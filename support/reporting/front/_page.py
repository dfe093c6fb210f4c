"""The page as a whole."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Final

from .._plain_text import lasting
from .._runs import PastRun, past_runs
from ._about import about, doors
from ._history import history
from ._markup import Html, element, joined
from ._places import planted
from ._shaky import shaky
from ._tree import capabilities, remarkable, scenarios
from ._trouble import anchors, trouble, unrun
from ._verdict import verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ...record import Run

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""No script, no picture, no connection: whatever a name may contain, a browser does nothing with it."""


def front_door(run: Run, folder: Path, *, others: Sequence[PastRun] | None = None) -> str:
    """The page `index.html` of a run's folder: complete in itself, without a script, safe with any content.

    Links lead to what lies in the folder by now, so make it last. `others` are other runs; without it, those that are
    remembered beside the folder. Told are those that began before this one: the page may be made again later.
    """
    begun = run.started.started_at
    known = past_runs(folder.parent, before=begun) if others is None else others
    before = [each for each in known if each.run_id != run.started.run_id and each.started_at < begun]
    tree = planted(run.outcomes)
    body = (
        verdict(run),
        doors(folder),
        element(
            "main",
            capabilities(tree),
            trouble(run, before),
            shaky(run),
            history([*before, PastRun.of(run)], folder),
            unrun(run),
            remarkable(run),
            scenarios(tree, anchors(run)),
            about(run),
        ),
    )
    return f"<!doctype html>\n{element('html', _head(run), element('body', *body), lang='en')}\n"


def _head(run: Run) -> Html:
    counts = ", ".join(f"{count} {name}" for name, count in run.counts.items() if count)
    title = f"{run.verdict.capitalize()}: {counts or 'no scenarios'}"
    if run.finished:
        title += f" in {lasting(run.finished.duration)}"
    return element(
        "head",
        Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html('<meta name="color-scheme" content="light dark">'),
        element("title", title),
        joined([Html("<style>"), Html(_style()), Html("</style>")]),
    )


@cache
def _style() -> str:
    return resources.files(__package__).joinpath("style.css").read_text(encoding="utf-8")
