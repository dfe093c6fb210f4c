"""Making the report of a run from its Allure results."""

from __future__ import annotations

import base64
import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ...doors.provisioning import ProgramUnavailable, run
from ._allure import allure
from ._configuration import DASHBOARD, PAGES, SINGLE, configuration, read_results
from ._errors import ReportUnavailable
from ._history import History
from ._node import node
from ._pages import edit_page, edit_program
from ._viewer import lay_trace_viewer

if TYPE_CHECKING:
    from collections.abc import Callable

_LIMIT: Final = 600.0  # seconds; 5,000 results take 10
_KNOWN_ISSUES: Final = "known-issues.json"
_PROGRAM: Final = re.compile(r"data:text/javascript;base64,([A-Za-z0-9+/=]+)")


def make_report(
    results: Path, into: Path, *, single_file: Path | None, history: Path, name: str, tell: Callable[[str], None]
) -> None:
    """Make the pages `into/index.html` and, if asked, the report in one file; `into` is made anew.

    `history` gains one line for this run, or its line is renewed if the report is made again. Issues that are known lie
    in known-issues.json beside it: `{"links": ..., "rules": ...}` as Allure describes resolutions; an issue that a
    scenario links is known anyhow. ReportUnavailable if Allure cannot be had or fails: then nothing is changed.
    """
    if not results.is_dir():
        msg = f"There are no results in {results}"
        raise ReportUnavailable.after(msg, ())
    program, script = node(), allure(tell)
    into.parent.mkdir(parents=True, exist_ok=True)
    past = History(history, results, tell)
    with tempfile.TemporaryDirectory(prefix=".report-", dir=into.parent) as work:
        made, runs = Path(work) / "made", Path(work) / "history.jsonl"
        count, issues = past.before(runs), history.with_name(_KNOWN_ISSUES)
        told = configuration(results, made, history=runs, past=count, name=name, issues=issues)
        _generate(program, script, results, Path(work), told)
        quiet = not any(results.glob("*-globals.json"))
        _arrange(made, Path(work) / "report", name, tell, quiet=quiet)
        shutil.rmtree(into, ignore_errors=True)
        (Path(work) / "report").rename(into)
        if single_file:
            single_file.parent.mkdir(parents=True, exist_ok=True)
            single_file.write_text(_in_one_file(made / SINGLE / "index.html", name, quiet=quiet), encoding="utf-8")
        past.keep(runs, min((int(each.get("start") or 0) for each in read_results(results)), default=0))


def _generate(program: Path, script: Path, results: Path, work: Path, told: object) -> None:
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
    made = [work / "made" / page / "index.html" for page in (PAGES, DASHBOARD, SINGLE)]
    if missing := [page for page in made if not page.exists()]:
        msg = f"Allure has made no {missing[0].parent.name} page"
        raise ReportUnavailable.after(msg, [said.strip()[-300:]])


def _arrange(made: Path, report: Path, name: str, tell: Callable[[str], None], *, quiet: bool) -> None:
    """The pages where they belong, edited: the report on top, the dashboard and the trace viewer below it."""
    shutil.move(made / PAGES, report)
    shutil.move(made / DASHBOARD, report / DASHBOARD)
    front = "../index.html"
    _edit(report, name, {"Run": front, "Scenarios": "", "Across runs": f"{DASHBOARD}/index.html"}, quiet=quiet)
    _edit(
        report / DASHBOARD, name, {"Run": f"../{front}", "Scenarios": "../index.html", "Across runs": ""}, quiet=quiet
    )
    lay_trace_viewer(report, tell)


def _edit(folder: Path, name: str, links: dict[str, str], *, quiet: bool) -> None:
    page = folder / "index.html"
    page.write_text(edit_page(page.read_text(encoding="utf-8"), name, links, quiet=quiet), encoding="utf-8")
    for program in folder.glob("app-*.js"):
        program.write_bytes(edit_program(program.read_bytes()))


def _in_one_file(page: Path, name: str, *, quiet: bool) -> str:
    """The report in one file, edited; its program lies in it as base64."""
    edited = edit_page(page.read_text(encoding="utf-8"), name, {}, quiet=quiet)

    def program(found: re.Match[str]) -> str:
        content = edit_program(base64.b64decode(found[1]))
        return f"data:text/javascript;base64,{base64.b64encode(content).decode()}"

    return _PROGRAM.sub(program, edited, count=1)
