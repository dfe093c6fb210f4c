"""Running a generated suite with a real behave, and reading what its formatter has written."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from allure_commons_test.report import AllureReport

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT: Final = Path(__file__).parents[3]
OURS: Final = "support.reporting:AllureFormatter"
STOCK: Final = "allure_behave.formatter:AllureFormatter"
OUR_RUNNER: Final = "support.execution:Runner"

ALLURE_OF: Final = {
    "passed": "passed",
    "xfailed": "passed",
    "xpassed": "passed",
    "failed": "failed",
    "error": "broken",
    "hook_error": "broken",
    "cleanup_error": "broken",
    "skipped": "skipped",
    "untested": "unknown",
}
"""What Allure must show for what behave says."""

Result = dict[str, Any]


class Outcome:
    """What one run of behave has said and written."""

    def __init__(self, folder: Path, process: subprocess.CompletedProcess[str], results: str = "results") -> None:
        self.folder, self.process, self._results = folder, process, folder / results

    @cached_property
    def report(self) -> AllureReport:
        """The results, as allure-python-commons-test reads them."""
        self._results.mkdir(exist_ok=True)
        return AllureReport(str(self._results))

    @property
    def results(self) -> Sequence[Result]:
        """All results: rows by their cells, attempts in the order in which they began."""
        return sorted(self.report.test_cases, key=_order)

    @cached_property
    def statuses(self) -> Sequence[tuple[str, str]]:
        """Title and status of every scenario, as behave knew them in the end; nothing if it did not get there."""
        file = self.folder / "statuses.json"
        return [(title, status) for title, status in json.loads(file.read_text())] if file.exists() else []

    @property
    def summary(self) -> Mapping[str, int]:
        """How many scenarios have which status, by behave's own last words."""
        line = re.search(r"(?m)^\d+ scenarios? passed.*$", self.process.stdout)
        assert line, self.process.stdout + self.process.stderr
        counts = re.findall(r"(\d+) (?:scenarios? )?(\w+)", line.group())
        return {status: int(count) for count, status in counts if int(count)}

    def of(self, title: str) -> Sequence[Result]:
        """The results of the scenarios (attempts, rows) of a title, in the order in which they began."""
        return [each for each in self.results if each["name"].partition(" -- @")[0] == title]

    def said(self, title: str) -> str:
        """What behave says of the scenarios of a title."""
        return ", ".join(status for name, status in self.statuses if name == title) or "-"

    def shown(self, title: str) -> str:
        """What the results say of the scenarios of a title."""
        return ", ".join(str(each.get("status", "no status")) for each in self.of(title)) or "missing"

    @property
    def totals(self) -> Mapping[str | None, int]:
        """How many scenarios have which status by the results: the last attempt of each counts."""
        last = {each["historyId"]: each.get("status") for each in self.results}
        return Counter(last.values())


def _order(result: Result) -> tuple[str, int, int]:
    cells = [(each["name"], each["value"]) for each in result.get("parameters", ())]
    return str(cells), result["start"], result.get("stop", 0)


class Suite:
    """A suite in a folder; behave runs it as anybody's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, files: Mapping[str, str]) -> Suite:
        """Write files of the suite."""
        for path, text in files.items():
            (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / path).write_text(text.lstrip("\n"), encoding="utf-8")
        return self

    def behave(
        self,
        *words: str,
        formatter: str = OURS,
        runner: str = "",
        probe: bool = True,
        environment: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Run behave in the folder with a formatter that writes results, and with the probe if the suite has one."""
        chosen = ("-r", runner) if runner else ()
        probes = ("-f", "probe:Probe", "-o", "probe.txt") if probe else ()
        formatters = (*probes, "-f", formatter, "-o", "results")
        process = subprocess.run(
            [sys.executable, "-m", "behave", *chosen, *formatters, *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", **(environment or {})},
            text=True,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return Outcome(self.folder, process)
