"""What running side by side gains and costs: against plain behave's serial run, and against other frameworks.

`python benchmarks/side_by_side.py [--with-others [FOLDER]] [--journeys PATH ...]`. All take turns in each round, and
ratios are those of one round, so that they hold on a noisy machine. `--with-others` installs BehaveX, pytest-bdd with
pytest-xdist and cucumber-js into FOLDER (a temporary one if none is named; one that has them is used as it is).
`--journeys` runs these features of ours with 1, 2 and 4 jobs, without pages, on a system that is kept up by `python -m
support up`; with `--only` and nothing after it, nothing else is measured.
`--scale 0.1` takes a tenth of the scenarios: to try it, not to judge.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.memory_of_a_tree import peaks  # noqa: E402
from benchmarks.other_frameworks import Other, install  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OURS: Final = "ours"
STEPS = """
import time
from behave import step

@step('nothing happens')
def nothing(context):
    pass

@step('{milliseconds} ms pass')
def passes(context):
    time.sleep({seconds})
"""
_TOO_LONG, _AT_LEAST = 6, 60.0
"""So many times as long as plain behave, and at least so many seconds, and what is measured is given up."""


@dataclass(frozen=True)
class Case:
    """A suite, how many run at once, and the share of plain behave's serial time that we promise to need at most."""

    name: str
    about: str
    files: int
    scenarios_each: int
    seconds: float
    jobs: int
    bar: float

    def write(self, folder: Path, scale: float) -> Path:
        """The suite: scenarios of five steps that do nothing, or of one that waits."""
        steps = f"    Given {round(self.seconds * 1000)} ms pass\n"
        if not self.seconds:
            steps = "    Given nothing happens\n" + "    And nothing happens\n" * 4
        (folder / "features" / "steps").mkdir(parents=True)
        words = {"seconds": self.seconds, "milliseconds": round(self.seconds * 1000)}
        (folder / "features" / "steps" / "steps.py").write_text(STEPS.format(**words))
        for number in range(max(round(self.files * scale), 1)):
            scenarios = "".join(f"  Scenario: number {number} {each}\n{steps}" for each in range(self.scenarios_each))
            (folder / "features" / f"number_{number}.feature").write_text(f"Feature: Number {number}\n{scenarios}")
        return folder


CASES: Final = {
    each.name: each
    for each in (
        Case("waiting", "40 scenarios of 0.2 s, 8 jobs", 8, 5, 0.2, 8, 1 / 7),
        Case("short", "400 scenarios of 20 ms, 2 jobs", 20, 20, 0.02, 2, 0.55),
        Case("nothing", "10,000 scenarios of five steps that do nothing, 2 jobs", 100, 100, 0, 2, 0.75),
    )
}
PLAIN: Final = (sys.executable, "-m", "behave", "features", "-f", "null", "--no-summary")


def ours(jobs: int) -> Sequence[str]:
    """How we are started with so many jobs."""
    return (*PLAIN, "-r", "support.execution:Runner", "-j", str(jobs))


def environment() -> Mapping[str, str]:
    """Ours on the path; and modules are compiled by the first run, as they are wherever tests run again."""
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    told.pop("PYTHONDONTWRITEBYTECODE", None)
    return told


def run(folder: Path, command: Sequence[str], limit: float | None = None) -> tuple[float, float] | None:
    """Wall and processor seconds of a command that passes; None if it takes longer than its limit."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    try:
        told = subprocess.run(
            command, cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=limit
        )
    except subprocess.TimeoutExpired:
        return None
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if told.returncode:
        sys.exit(f"{' '.join(command)}: exit status {told.returncode}\n{(told.stdout + told.stderr)[-2000:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(case: Case, others: Sequence[Other], scale: float, rounds: int) -> None:
    """Print the table of a case."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = case.write(Path(temporary), scale)
        commands = {"plain behave": PLAIN, f"{OURS}, -j 1": ours(1), f"{OURS}, -j {case.jobs}": ours(case.jobs)}
        for other in others:
            other.prepare(folder, case.seconds)
            commands[other.name] = other.command(case.jobs)
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
        starts = []
        for _ in range(rounds):
            plain = 0.0
            if case.seconds and (alone := run(folder, (*PLAIN, "--dry-run"))):
                starts.append(alone[0])
            for name, command in list(commands.items()):
                found = run(folder, command, max(plain * _TOO_LONG, _AT_LEAST) if plain else None)
                if found is None:
                    print(f"{name} took more than {_TOO_LONG} times as long as plain behave: given up.")
                    del commands[name], taken[name]
                else:
                    taken[name].append(found)
                    plain = plain or found[0]
    table(case, taken, rounds)
    if starts:
        bound(case, scale, statistics.median(starts), statistics.median(wall for wall, _ in taken["plain behave"]))


def bound(case: Case, scale: float, start: float, plain: float) -> None:
    """Print what nobody can do better: plain behave's start and end, and what the busiest of the jobs has to wait."""
    scenarios = max(round(case.files * scale), 1) * case.scenarios_each
    waiting = math.ceil(scenarios / case.jobs) * case.seconds
    print(f"  start and end of behave {start:.2f} s, waiting {waiting:.2f} s: at most {plain / (start + waiting):.2f}x")


def table(case: Case, taken: Mapping[str, Sequence[tuple[float, float]]], rounds: int) -> None:
    """Print medians, the share of plain behave's time, what was promised, and who is the fastest."""
    shares = {
        name: statistics.median(wall / plain for (wall, _), (plain, _) in zip(each, taken["plain behave"], strict=True))
        for name, each in taken.items()
    }
    print(f"\n{case.about} (median of {rounds})")
    print(f"  {'':<22}{'seconds':>9}{'processor':>11}{'of plain':>10}{'faster':>9}")
    for name, share in sorted(shares.items(), key=lambda item: item[1]):
        wall, processor = (statistics.median(each[index] for each in taken[name]) for index in (0, 1))
        print(f"  {name:<22}{wall:>9.2f}{processor:>11.2f}{share:>10.3f}{1 / share:>8.2f}x")
    mine = f"{OURS}, -j {case.jobs}"
    kept = "kept" if shares[mine] <= case.bar else "NOT KEPT"
    fastest = min(shares, key=lambda name: shares[name])
    lost = "we win" if fastest == mine else f"WE LOSE to {fastest} by {shares[mine] / shares[fastest]:.2f}x"
    print(f"  bar for {mine}: at most {case.bar:.3f} of plain behave ({1 / case.bar:.2f}x): {kept}; {lost}")


def remember(case: Case, others: Sequence[Other], scale: float) -> None:
    """Print the peak memory of a case: all processes together (shared pages counted once), and the first one alone."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = case.write(Path(temporary), scale)
        commands = {"plain behave": PLAIN, **{f"{OURS}, -j {jobs}": ours(jobs) for jobs in (1, 2, 4)}}
        for other in others:
            other.prepare(folder, case.seconds)
            commands[other.name] = other.command(case.jobs)
        print(f"\nPeak memory, {case.about}: all processes, the first alone, in MB")
        for name, command in commands.items():
            tree, alone = peaks(command, folder, environment())
            print(f"  {name:<22}{tree / 1e6:>9.0f}{alone / 1e6:>9.0f}", flush=True)


def journeys(paths: Sequence[str], rounds: int) -> None:
    """Print what journeys of ours take: processor time is that of runner, workers and browsers, not of the system."""
    taken: dict[int, list[tuple[float, float]]] = {1: [], 2: [], 4: []}
    for _ in range(rounds):
        for jobs, each in taken.items():
            command = (sys.executable, "-m", "behave", "-j", str(jobs), "-f", "null", "-D", "report=false", *paths)
            each.append(run(ROOT, command) or (0.0, 0.0))
    print(f"\nOur journeys {' '.join(paths)} (median of {rounds})")
    print(f"  {'':<22}{'seconds':>9}{'processor':>11}{'of -j 1':>10}")
    for jobs, each in taken.items():
        share = statistics.median(wall / one for (wall, _), (one, _) in zip(each, taken[1], strict=True))
        wall, processor = (statistics.median(pair[index] for pair in each) for index in (0, 1))
        print(f"  {f'-j {jobs}':<22}{wall:>9.1f}{processor:>11.1f}{share:>10.2f}")


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--with-others", nargs="?", const="", metavar="FOLDER")
    parser.add_argument("--journeys", nargs="+", default=[], metavar="PATH")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", nargs="*", choices=[*CASES, "memory"], default=[*CASES, "memory"])
    asked = parser.parse_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}, scale {asked.scale:g}")
    with tempfile.TemporaryDirectory() as temporary:
        others = [] if asked.with_others is None else list(install(Path(asked.with_others or temporary).resolve()))
        for name in asked.only:
            if name == "memory":
                remember(CASES["nothing"], others, asked.scale)
            else:
                measure(CASES[name], others, asked.scale, asked.rounds)
    if asked.journeys:
        journeys(asked.journeys, asked.rounds)


if __name__ == "__main__":
    main()
