"""Making the report of a run from its Allure results."""

from __future__ import annotations

import base64
import json
import re
import shutil
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ...doors.provisioning import ProgramUnavailable, run
from ._allure import allure
from ._budget import BUDGET, within_budget
from ._configuration import DASHBOARD, PAGES, SINGLE, configuration, read_results
from ._errors import AGAIN, ReportUnavailable, why
from ._history import History
from ._node import node
from ._pages import edit_page, edit_program
from ._timeline import FILE, sorted_lanes, sorted_lanes_in_page
from ._viewer import lay_trace_viewer
from ._workplace import put_in_place, workplace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

_LIMIT: Final = 600.0  # seconds; 5,000 results take 10
_KNOWN_ISSUES: Final = "known-issues.json"
_RUNS: Final = "history.jsonl"
_PROGRAM: Final = re.compile(r"data:text/javascript;base64,([A-Za-z0-9+/=]+)")


def make_report(
    results: Path,
    into: Path,
    *,
    single_file: Path | None,
    history: Path,
    name: str,
    fetch: bool,
    tell: Callable[[str], None],
) -> None:
    """Make the pages `into/index.html` and, if asked, the report in one file; `into` is made anew.

    `fetch`: Allure is fetched where it is lacking, however long that takes and whatever came of earlier attempts.
    Without it, as at the end of a run, it is fetched only if npm is there and brings it within a minute, and for a day
    after an attempt has failed none is made: that is told at once, with the command that fetches.

    In one file are no more than 50 MB of attachments; which are left out, and where they lie, stands in their place,
    and how many they are is told.

    `history` gains one line for this run, or its line is renewed if the report is made again. Issues that are known lie
    in known-issues.json beside it: `{"links": ..., "rules": ...}` as Allure describes resolutions; an issue that a
    scenario links is known anyhow.

    Whatever goes wrong is ReportUnavailable: the results and the pages that were there stay.
    """
    if not results.is_dir():
        msg = f"There are no results in {results}"
        raise ReportUnavailable.after(msg, (), "Name the folder of a run that is recorded.")
    with _nothing_else_raised(into):
        program, script = node(), allure(tell, fetch=fetch)
        with workplace(into.parent) as work:
            past, runs, issues = History(history, results, tell), work / _RUNS, history.with_name(_KNOWN_ISSUES)
            count = past.before(runs)
            told = partial(configuration, history=runs, past=count, name=name, issues=issues)
            for these, folder, pages in _makings(results, work, single_file, tell):
                _generate(program, script, these, work, told(these, folder, pages))
            quiet = not any(results.glob("*-globals.json"))
            _arrange(work, name, tell, quiet=quiet)
            one_file = _in_one_file(work / "made" / SINGLE / "index.html", name, quiet=quiet) if single_file else None
            past.keep(runs, min((int(each.get("start") or 0) for each in read_results(results)), default=0))
            put_in_place(work / "report", into, aside=work / "old")
            if single_file and one_file:
                single_file.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(one_file, single_file)


@contextmanager
def _nothing_else_raised(into: Path) -> Iterator[None]:
    """Turn whatever goes wrong into ReportUnavailable, for it must not end the run whose report is made."""
    try:
        yield
    except ReportUnavailable:
        raise
    except Exception as error:
        msg = f"The pages cannot be made in {into}: {why(error)}"
        raise ReportUnavailable.after(msg, (), f"Mend that and make them: `{AGAIN}`.") from error


def _makings(
    results: Path, work: Path, single_file: Path | None, tell: Callable[[str], None]
) -> Sequence[tuple[Path, Path, Sequence[str]]]:
    """Of which results Allure makes what, into which folder: all at once, unless the one file can hold less."""
    pages, made = (PAGES, DASHBOARD), work / "made"
    if single_file is None:
        return [(results, made, pages)]
    left_out = within_budget(results, work / "light", BUDGET)
    if left_out is None:
        return [(results, made, (*pages, SINGLE))]
    most = f"{single_file.name} holds {BUDGET // 10**6} MB of attachments at most."
    tell(f"{most} Left out of it: {left_out}; the pages have all, and in the place of each stands where it lies.")
    return [(work / "light", made / SINGLE, (SINGLE,)), (results, made, pages)]


def _generate(program: Path, script: Path, results: Path, work: Path, told: Mapping[str, Any]) -> None:
    """Let Allure make its pages."""
    config = work / "allurerc.json"
    config.write_text(json.dumps(told), encoding="utf-8")
    command = [
        str(program),
        str(script),
        "generate",
        "--config",
        str(config),
        "--cwd",
        str(work),
        str(results.resolve()),
    ]
    try:
        said = run(command, "allure generate", _LIMIT, cwd=work)
    except ProgramUnavailable as error:
        msg = "Allure could not make the pages"
        raise ReportUnavailable.after(msg, [error.reason]) from error
    made = [work / "made" / page / "index.html" for page in (PAGES, DASHBOARD, SINGLE) if page in told["plugins"]]
    if missing := [page for page in made if not page.exists()]:
        msg = f"Allure has made no {missing[0].parent.name} page"
        raise ReportUnavailable.after(msg, [said.strip()[-300:]])


def _arrange(work: Path, name: str, tell: Callable[[str], None], *, quiet: bool) -> None:
    """The pages where they belong, edited: the report on top, the dashboard and the trace viewer below it."""
    made, report = work / "made", work / "report"
    shutil.move(made / PAGES, report)
    shutil.move(made / DASHBOARD, report / DASHBOARD)
    front = "../index.html"
    _edit(report, name, {"Run": front, "Scenarios": "", "Across runs": f"{DASHBOARD}/index.html"}, quiet=quiet)
    _edit(
        report / DASHBOARD, name, {"Run": f"../{front}", "Scenarios": "../index.html", "Across runs": ""}, quiet=quiet
    )
    if (timeline := report / FILE).exists():
        timeline.write_bytes(sorted_lanes(timeline.read_bytes()))
    lay_trace_viewer(report, tell)


def _edit(folder: Path, name: str, links: dict[str, str], *, quiet: bool) -> None:
    page = folder / "index.html"
    page.write_text(edit_page(page.read_text(encoding="utf-8"), name, links, quiet=quiet), encoding="utf-8")
    for program in folder.glob("app-*.js"):
        program.write_bytes(edit_program(program.read_bytes()))


def _in_one_file(page: Path, name: str, *, quiet: bool) -> Path:
    """The report in one file, edited where it lies; its program lies in it as base64."""
    edited = edit_page(page.read_text(encoding="utf-8"), name, {}, quiet=quiet)

    def program(found: re.Match[str]) -> str:
        content = edit_program(base64.b64decode(found[1]))
        return f"data:text/javascript;base64,{base64.b64encode(content).decode()}"

    page.write_text(sorted_lanes_in_page(_PROGRAM.sub(program, edited, count=1)), encoding="utf-8")
    return page
