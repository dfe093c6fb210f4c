"""What the pages of a report take: time and size at 1,000 and 5,000 results.

Run it as `python benchmarks/cost_of_pages.py [results ...]`. A tenth of the results have failed; none has an
attachment, so that what is measured is the pages' own. Allure must be there already: nothing is fetched.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.cost_of_reporting import a_run  # noqa: E402
from support.reporting.allure import write_results  # noqa: E402
from support.reporting.front import front_door  # noqa: E402
from support.reporting.html import make_report  # noqa: E402


def size(path: Path) -> float:
    """The size of a file, or of all files in a folder, in MB."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in files) / 1e6


def measure(results: int) -> None:
    """Print what the pages of so many results take."""
    run = a_run(results)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, run.started.run_id)
        write_results(run, folder, folder / "results")
        begun = time.perf_counter()
        make_report(
            folder / "results", folder / "report", single_file=folder / "report.html",
            history=folder.parent / "history.jsonl", name="Benchmark", fetch=False, tell=print,
        )  # fmt: skip
        made = time.perf_counter()
        page = len(front_door(run, folder, others=()).encode())
        opened = time.perf_counter()
        print(
            f"{results:>6} results: pages {made - begun:.1f} s, {size(folder / 'report'):.1f} MB; in one file "
            f"{size(folder / 'report.html'):.1f} MB; front door {opened - made:.2f} s, {page / 1e6:.2f} MB"
        )


def main(*results: int) -> None:
    """Print a line for each number of results."""
    for number in results or (1000, 5000):
        measure(number)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
