"""Making everything that is told of a run from its record: for machines, for reviewers, for whoever comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ._runs import remember

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ..record import Run

RESULTS: Final = "results"


def publish(run: Run, folder: Path, *, pages: bool, tell: Callable[[str], None], also: Iterable[Path] = ()) -> None:
    """Write Allure results, JUnit XML and the front door into a run's folder and, if asked, the report's pages.

    Where the pages cannot be had, `tell` says how they can; everything else is there all the same. Doing it again makes
    the same of the same record. `also` are further folders that get the results.
    """
    from ._junit import junit
    from .allure import write_results
    from .front import front_door

    for into in (folder / RESULTS, *also):
        write_results(run, folder, into)
    if pages:
        _make_pages(run, folder, tell)
    (folder / "junit.xml").write_text(junit(run), encoding="utf-8")
    remember(run, folder.parent)
    (folder / "index.html").write_text(front_door(run, folder), encoding="utf-8")  # last: it links to what is there


def _make_pages(run: Run, folder: Path, tell: Callable[[str], None]) -> None:
    from .html import ReportUnavailable, make_report

    try:
        make_report(
            folder / RESULTS,
            folder / "report",
            single_file=folder / "report.html",
            history=folder.parent / "history.jsonl",
            name=run.started.system or "Rehearsal",
            tell=tell,
        )
    except ReportUnavailable as error:
        tell(f"No report: {error}")
