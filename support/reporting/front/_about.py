"""What else there is: the files of the run, and what it ran with."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from .._plain_text import one_line
from ._markup import Html, element, facts, joined, link, section

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ...record import Run

_PAGES: Final[Sequence[tuple[str, str, str]]] = (
    ("report/index.html", "Full report", "every step with its evidence, and the timeline"),
    ("report/dashboard/index.html", "Across runs", "trends: what breaks, what changes its mind, what takes long"),
    ("report.html", "Report in one file", "to open from disk or to send on"),
)
_FILES: Final[Sequence[tuple[str, str, str]]] = (
    ("evidence", "Evidence", "pictures, traces, exchanges"),
    ("logs", "Logs", "what the system wrote"),
    ("record.jsonl", "Record", "what happened, as the run wrote it down"),
    ("junit.xml", "JUnit XML", "for the CI server"),
    ("results", "Allure results", "for a report of your own"),
)


def doors(folder: Path) -> Html:
    """Links to what lies in the run's folder, pages before files; what is not there is not promised."""
    lists = [
        element("ul", *found, class_=kind)
        for kind, paths in (("pages", _PAGES), ("files", _FILES))
        if (found := _found(folder, paths))
    ]
    return element("nav", *lists, aria_label="What this run has left") if lists else Html()


def about(run: Run) -> Html:
    """Seed, settings, versions and machine: what one needs to have the same run again."""
    started = run.started
    command = shlex.join(["behave", *started.argv]) if started.argv or started.settings else ""
    pairs = (
        ("Run", started.run_id),
        ("Seed", str(started.seed)),
        ("Profile", started.profile),
        ("System", started.system),
        ("Settings", _pairs(started.settings)),
        ("Versions", _pairs(started.versions)),
        ("Machine", started.platform),
        ("Started as", element("pre", one_line(command, 2000), class_="command", tabindex="0") if command else ""),
    )
    return section("About this run", facts(pairs), name="about")


def _found(folder: Path, paths: Sequence[tuple[str, str, str]]) -> list[Html]:
    return [
        element("li", link(title, f"{path}/" if (folder / path).is_dir() else path), " ", element("span", told))
        for path, title, told in paths
        if (folder / path).exists()
    ]


def _pairs(values: Mapping[str, str]) -> Html:
    told = [element("span", f"{name} {value}", class_="pair") for name, value in values.items()]
    return joined(joined([" ", each]) for each in told)
