"""The truth table side by side, from real runs: what behave says, what allure-behave writes, what ours writes.

Run it as `python -m tests.acceptance.reporting.compare`; it prints the tables of docs/reference/allure.md as Markdown.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from .reading import fixtures, walk
from .rows import ROWS, Row
from .running import OURS, STOCK, Outcome, Suite
from .runs import RUNS
from .speaking import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PLACES: Final = (
    "before_all",
    "before_feature",
    "before_rule",
    "before_tag",
    "before_scenario",
    "before_step",
    "a step",
    "after_step",
    "after_scenario",
    "after_tag",
    "after_rule",
    "after_feature",
    "after_all",
    "a clean-up",
)


def main() -> None:
    """Print both tables."""
    with TemporaryDirectory() as folder:
        sys.stdout.write("\n".join([*truth_table(Path(folder)), "", *speaking_table(Path(folder))]) + "\n")


def truth_table(folder: Path) -> Iterator[str]:
    """A line for each row of the truth table."""
    stock = {name: run.take(folder / "stock" / name, formatter=STOCK) for name, run in RUNS.items()}
    ours = {name: run.take(folder / "ours" / name) for name, run in RUNS.items()}
    yield f"| what happens | behave {metadata.version('behave')} says | {_stock()} writes | ours writes |"
    yield "|---|---|---|---|"
    for row in ROWS:
        yield line(row, stock[row.run], ours[row.run])


def line(row: Row, stock: Outcome, ours: Outcome) -> str:
    """One row: what is wrong stands in bold."""
    shown = stock.shown(row.title)
    wrong = shown != row.ours and not {shown, row.ours} <= {"failed", "broken"}
    told = f"**{_words(stock, shown)}**" if wrong else shown
    return f"| {row.about} | {ours.said(row.title)} | {told} | {ours.shown(row.title)} |"


def speaking_table(folder: Path) -> Iterator[str]:
    """A line for each place where a suite may attach something."""
    yield f"| `allure.attach` in | {_stock()} | ours |"
    yield "|---|---|---|"
    for place in PLACES:
        where = [_spoken(folder / "speaking" / name / place, place, name) for name in (STOCK, OURS)]
        yield f"| {place} | {' | '.join(where)} |"


def _spoken(folder: Path, place: str, formatter: str) -> str:
    suite = Suite(folder).write(short(ruled="rule" in place))
    return landed(suite.behave("features", probe=False, formatter=formatter, environment={"SPEAKS_IN": place}), place)


def landed(outcome: Outcome, place: str) -> str:
    """Where the attachment that was left in a place is found."""
    if crash := _crash(outcome):
        return f"**{crash}**"
    steps = [step for result in outcome.results for step in result.get("steps") or ()]
    homes: Mapping[str, Sequence[str]] = {
        "set up": [name for each in outcome.results for name in _attached(outcome, each, "befores")],
        "tear down": [name for each in outcome.results for name in _attached(outcome, each, "afters")],
        "its step": [name for step in steps if not step["name"].startswith("action") for name in _names(step)],
        "scenario": [name for step in steps if step["name"].startswith("action") for name in _names(step)],
    }
    found = [home for home, names in homes.items() if any(f"name of {place}" in name for name in names)]
    return " and ".join(found) or "**lost**"


def _attached(outcome: Outcome, result: dict[str, object], side: str) -> list[str]:
    return [name for each in fixtures(outcome.report, result, side) for name in _names(each)]


def _names(item: dict[str, object]) -> list[str]:
    return [attachment["name"] for each in walk(item) for attachment in each.get("attachments") or ()]


def _words(outcome: Outcome, shown: str) -> str:
    crash = _crash(outcome)
    return f"{shown}: {crash}" if crash and shown == "missing" else shown


def _crash(outcome: Outcome) -> str:
    """How a run has come to grief that should not have."""
    if found := re.search(r"(?m)^Exception (\w+)", outcome.process.stdout):
        return f"the run crashes ({found.group(1)})"
    if found := re.search(r"HOOK-ERROR in (\w+)\S*: (KeyError)", outcome.process.stdout):
        return f"{found.group(1)} raises {found.group(2)}"
    return ""


def _stock() -> str:
    return f"allure-behave {metadata.version('allure-behave')}"


if __name__ == "__main__":
    main()
