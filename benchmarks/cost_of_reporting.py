"""What Allure results cost above `-f null`: ours against allure-behave's, and what making them from a record takes.

Run it as `python benchmarks/cost_of_reporting.py [scenarios] [rounds]`. The three formatters take turns in each round,
and processor time of whole runs is compared, so the ratio holds on a noisy machine. The suite is one that
allure-behave reports on in full: no rule, no failure, no attachment.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from support.record import Run, RunFinished, RunStarted, ScenarioRecord, StepRecord  # noqa: E402
from support.reporting.allure import write_results  # noqa: E402

STEPS_EACH: Final = 10
STEPS = "from behave import step\n\n@step('nothing happens')\ndef nothing(context):\n    pass\n"
FORMATTERS: Final = {
    "null": ("-f", "null"),
    "allure-behave": ("-f", "allure_behave.formatter:AllureFormatter", "-o", "results"),
    "ours": ("-f", "support.reporting.allure:AllureFormatter", "-o", "results"),
}


def suite(folder: Path, scenarios: int) -> Path:
    """A suite of scenarios of ten steps that do nothing."""
    steps = "    Given nothing happens\n" + "    And nothing happens\n" * (STEPS_EACH - 1)
    body = "".join(f"  Scenario: number {number}\n{steps}" for number in range(scenarios))
    for name, text in {"features/nothing.feature": f"Feature: Nothing\n{body}", "steps/steps.py": STEPS}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def seconds(folder: Path, scenarios: int, options: Sequence[str]) -> float:
    """Run the suite, and count the processor time of it all."""
    shutil.rmtree(folder / "results", ignore_errors=True)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "behave", "features", "--no-summary", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # or only what pip has compiled is not compiled at each start
    told = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    written = len(list(folder.glob("results/*-result.json")))
    if told.returncode or written != scenarios * ("-o" in options):
        sys.exit(f"{written} results\n{told.stdout}{told.stderr}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def compare(scenarios: int, rounds: int) -> None:
    """Print what each formatter costs, and the ratio of what ours and allure-behave's add."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = suite(Path(temporary), scenarios)
        seconds(folder, scenarios, FORMATTERS["ours"])  # whose modules are compiled by then
        taken = [
            {name: seconds(folder, scenarios, options) for name, options in FORMATTERS.items()} for _ in range(rounds)
        ]
    print(f"{scenarios} scenarios of {STEPS_EACH} steps, {rounds} rounds, processor seconds of a run: least, median")
    for name in FORMATTERS:
        print(f"  {name:<14} {both(min, [each[name] for each in taken])}")
    for name in ("allure-behave", "ours"):
        print(f"  {name + ' adds':<19} {both(min, [each[name] - each['null'] for each in taken])}")
    ratios = [(each["ours"] - each["null"]) / (each["allure-behave"] - each["null"]) for each in taken]
    print(f"  ours adds / allure-behave adds: {both(min, ratios)}  (bar: 1, goal: 0.5)")


def both(least: Callable[[list[float]], float], values: list[float]) -> str:
    """The least and the median of some numbers."""
    return f"{least(values):.3f}  {statistics.median(values):.3f}"


def a_run(scenarios: int) -> Run:
    """A recorded run; every tenth scenario has failed."""
    return Run(
        started=RunStarted("bench", 1, 0.0),
        scenarios=[a_scenario(number, failed=not number % 10) for number in range(scenarios)],
        finished=RunFinished(1.0, 1),
    )


def a_scenario(number: int, *, failed: bool) -> ScenarioRecord:
    """One recorded scenario of ten steps."""
    steps = [StepRecord("Given", f"step {index}", "passed", 0.01, index, started_at=1.0) for index in range(STEPS_EACH)]
    if failed:
        steps[-1] = StepRecord(
            "Then", "it fails", "failed", 0.01, 9, "expected 1, found 2", "AssertionError", "a:1 in b: c"
        )
    return ScenarioRecord(
        scenario_id=f"{number:016x}",
        run_id="bench",
        feature=f"Feature {number // 20}",
        feature_file=f"features/area_{number // 200}/feature_{number // 20}.feature",
        rule="a rule",
        name=f"number {number}",
        status="failed" if failed else "passed",
        tags=("fast", "owner:Ada"),
        started_at=1.0 + number,
        duration=0.1,
        steps=steps,
        description="A paragraph of prose.",
    )


def write(scenarios: int, rounds: int) -> None:
    """Print what making results from a record takes."""
    run, taken, size = a_run(scenarios), list[float](), 0
    with tempfile.TemporaryDirectory() as temporary:
        for number in range(rounds):
            into, begun = Path(temporary, str(number)), time.process_time()
            write_results(run, Path(temporary), into)
            taken.append((time.process_time() - begun) / scenarios * 1000)
            size = sum(file.stat().st_size for file in into.iterdir())
    print(f"  {scenarios:>6}: {both(min, taken)} ms a result, {size / 1e6:.1f} MB")


def main(scenarios: int = 500, rounds: int = 7) -> None:
    """Print both tables."""
    compare(scenarios, rounds)
    print("results from a record, processor time: least, median")
    for number in (1000, 5000):
        write(number, 3)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
