"""Making everything that is told of a run from its record: for machines, for reviewers, for whoever comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ._interrupting import interruptible
from ._runs import remember
from ._terminal import unfinished

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ..record import Run

RESULTS: Final = "results"


def publish(run: Run, folder: Path, also: Iterable[Path] = ()) -> None:
    """Write Allure results, JUnit XML and the front door into a run's folder: quick, and with nothing but Python.

    Doing it again makes the same of the same record. `also` are further folders that get the results.
    """
    from ._junit import junit
    from .allure import write_results

    write_results(run, folder, folder / RESULTS)
    for into in also:
        write_results(run, folder, into, own=False)
    (folder / "junit.xml").write_text(junit(run), encoding="utf-8")
    remember(run, folder.parent)
    _open_front_door(run, folder)


def make_pages(run: Run, folder: Path, *, fetch: bool, tell: Callable[[str], None]) -> bool:
    """Make the report's pages of results that are there; where they cannot be had, `tell` says how they can, and False.

    `fetch`: Allure is fetched if it is not there, whatever came of earlier attempts. That a run did not come to its end
    is told, too: its pages show only what it got to.
    """
    from .html import ReportUnavailable, make_report

    if words := unfinished(run):
        tell(words)

    try:
        make_report(
            folder / RESULTS,
            folder / "report",
            single_file=folder / "report.html",
            history=folder.parent / "history.jsonl",
            name=run.started.system or "Rehearsal",
            fetch=fetch,
            tell=tell,
        )
    except ReportUnavailable as error:
        tell(f"No report: {error}")
        return False
    _open_front_door(run, folder)
    return True


def follow_with_pages(run: Run, folder: Path, *, tell: Callable[[str], None]) -> None:
    """Make the pages at the end of a run, whose verdict is told by now; an interruption costs the pages and no more."""
    from .html import AGAIN

    try:
        with interruptible():
            make_pages(run, folder, fetch=False, tell=tell)
    except KeyboardInterrupt:
        tell(f"Interrupted while the report's pages were made; the results stay. Make the pages later: `{AGAIN}`.")


def _open_front_door(run: Run, folder: Path) -> None:
    """It links to what is there."""
    from .front import front_door

    (folder / "index.html").write_text(front_door(run, folder), encoding="utf-8")
