"""Kill workers at random moments of parallel runs, again and again, and account for every scenario.

`python -m tests.stress.worker_kills [KILLS] [--seed N] [--each N] [--here -- BEHAVE ARGUMENTS]`: 200 kills by default,
several in each run of a generated suite with `-j 4`; with `--here`, of this repository's features against a system that
is kept up for it (`--here -- features/payments`; not of @smoke, of which one that is broken keeps the others from
running). After each run: every scenario is told of exactly once, each kill has broken at most one of them, none that
was killed in the middle has passed, and no process of the run is left; with `--here`, no file, lease, accident or row
either. Exits with 1 if that was not so.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path

from support.core import wait_until
from tests.acceptance.system.conftest import runs
from tests.stress.kills import _children, _descendants
from tests.stress.left import Left

ROOT = Path(__file__).parents[2]
STEPS = """
import os, threading
from behave import step

@step("it takes {seconds:f} s")
def it_takes(context, seconds):
    with open(f"pids/{os.getpid()}", "a") as file:
        print("+" + context.scenario.name, file=file)
    threading.Event().wait(seconds)
    with open(f"pids/{os.getpid()}", "a") as file:
        print("-" + context.scenario.name, file=file)
"""


@dataclass
class Runs:
    """What happened."""

    folder: Path
    chance: random.Random
    words: list[str]
    left: Left | None = None
    expected: Counter[str] = field(default_factory=Counter)
    undisturbed: dict[str, str] = field(default_factory=dict)
    kills: int = 0
    runs: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def measure(self) -> float:
        """An undisturbed run: which scenarios there are, and how long it takes."""
        began = time.monotonic()
        self._start().wait(timeout=600)
        took, found = time.monotonic() - began, self._told()
        self.expected = Counter(name for name, _ in found)
        self.undisturbed = dict(found)
        if not found:
            sys.exit("the suite tells of no scenario")
        return took

    def run(self, most: int, took: float) -> None:
        """One run, in which up to `most` workers are killed."""
        process, killed, seen = self._start(), list[int](), set[int]()
        moments = sorted(self.chance.uniform(0, took) for _ in range(most))
        began = time.monotonic()
        for moment in moments:
            seen |= self._wait(process, began + moment)
            if workers := self._workers(process.pid):
                victim = self.chance.choice(workers)
                seen |= _descendants(process.pid)
                with suppress(ProcessLookupError):  # it has ended meanwhile
                    os.kill(victim, signal.SIGKILL)
                    killed.append(victim)
        process.wait(timeout=600)
        self.runs, self.kills = self.runs + 1, self.kills + len(killed)
        self._account(process, killed)
        try:
            wait_until(lambda: not any(runs(pid) for pid in seen), limit=5, what="nobody is left")
        except Exception:  # noqa: BLE001 - it is told
            self.faults.append(f"run {self.runs}: left {[pid for pid in seen if runs(pid)]}")
        self.faults += [f"run {self.runs}: left {each}" for each in (self.left.of_runs() if self.left else ())]

    def _start(self) -> subprocess.Popen[bytes]:
        (self.folder / "out.json").unlink(missing_ok=True)
        if not self.left:
            for file in (self.folder / "pids").iterdir():
                file.unlink()
        command = [sys.executable, "-m", "behave", "-r", "support.execution:Runner", "-j", "4"]
        command += ["-f", "json", "-o", str(self.folder / "out.json"), *self.words]
        here = ROOT if self.left else self.folder
        log = (self.folder / "log.txt").open("wb")
        return subprocess.Popen(
            command, cwd=here, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=log, stderr=subprocess.STDOUT
        )

    def _wait(self, process: subprocess.Popen[bytes], until: float) -> set[int]:
        seen = set[int]()

        def come() -> bool:
            seen.update(_descendants(process.pid))
            return time.monotonic() >= until or process.poll() is not None

        wait_until(come, limit=600, what="the moment has come")
        return seen

    def _workers(self, conductor: int) -> list[int]:
        """The conductor's children that are forked from it: their command line is its own."""
        try:
            own = Path(f"/proc/{conductor}/cmdline").read_bytes()
            children = _children().get(conductor, [])
            return [pid for pid in children if Path(f"/proc/{pid}/cmdline").read_bytes() == own]
        except OSError:
            return []

    def _told(self) -> list[tuple[str, str]]:
        try:
            features = json.loads((self.folder / "out.json").read_text())
        except (OSError, ValueError):
            return []
        return [
            (f"{each['location']} {each['name']}", each.get("status", "untested"))
            for feature in features
            for each in feature.get("elements", ())
            if each["type"] == "scenario"
        ]

    def _account(self, process: subprocess.Popen[bytes], killed: list[int]) -> None:
        found = self._told()
        self.seen.update(status for _, status in found)
        faults = []
        if Counter(name for name, _ in found) != self.expected:
            faults.append(f"told of {len(found)} scenarios, expected {self.expected.total()}")
        bad = [name for name, status in found if status != self.undisturbed.get(name)]
        if len(bad) > len(killed):
            faults.append(f"{len(bad)} not passed after {len(killed)} kills")
        if killed and not process.returncode and self._log().count("WorkerDied"):
            faults.append("a scenario broke, and the exit status is 0")
        passed = {told.rpartition(" ")[2] for told, status in found if status == "passed"}
        faults += [f"{name} was killed in the middle and has passed" for name in self._caught(killed) if name in passed]
        self.faults += [f"run {self.runs} (killed {killed}): {fault}" for fault in faults]
        if faults:
            (self.folder / f"log-{self.runs}.txt").write_text(self._log())

    def _caught(self, killed: list[int]) -> list[str]:
        """The scenarios that were inside of a step when their worker was killed; the generated suite tells."""
        lines = [
            file.read_text().split("\n")[-2]
            for pid in killed
            if (file := self.folder / "pids" / str(pid)).exists() and file.stat().st_size
        ]
        return [line[1:] for line in lines if line.startswith("+")]

    def _log(self) -> str:
        return (self.folder / "log.txt").read_text(errors="replace")


def _generate(folder: Path, chance: random.Random) -> None:
    (folder / "features/steps").mkdir(parents=True)
    (folder / "pids").mkdir()
    (folder / "features/steps/steps.py").write_text(STEPS)
    for number in range(8):
        lines = [f"Feature: {number}"]
        for scenario in range(8):
            lines += [f"  Scenario: s{number}-{scenario}"]
            lines += [f"    Given it takes {chance.uniform(0, 0.12):.3f} s" for _ in range(3)]
        (folder / f"features/f{number}.feature").write_text("\n".join(lines) + "\n")


def main() -> int:
    """Kill, and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--each", type=int, default=8, help="kills in each run")
    parser.add_argument("--here", action="store_true", help="the features of this repository, not generated ones")
    own, _, for_behave = " ".join(sys.argv[1:]).partition(" -- ")
    given = parser.parse_args(own.split())
    with tempfile.TemporaryDirectory(prefix="wk-") as folder, ExitStack() as stack:
        all_runs = Runs(Path(folder), random.Random(given.seed), for_behave.split())
        if given.here:
            all_runs.left = Left(all_runs.folder)
            all_runs.words += ["-D", f"reports={folder}/reports", "-D", "report=false"]
            stack.enter_context(all_runs.left.system())
        else:
            _generate(all_runs.folder, all_runs.chance)
        took = all_runs.measure()
        print(f"seed {given.seed}: {all_runs.expected.total()} scenarios in {took:.1f} s undisturbed", flush=True)
        while all_runs.kills < given.kills:
            all_runs.run(min(given.each, given.kills - all_runs.kills), took)
            print(f"{all_runs.kills} kills in {all_runs.runs} runs, {len(all_runs.faults)} faults", flush=True)
        print(f"{all_runs.kills} kills in {all_runs.runs} runs: {dict(all_runs.seen)}")
        for fault in all_runs.faults:
            print("FAULT", fault)
    return 1 if all_runs.faults else 0


if __name__ == "__main__":
    sys.exit(main())
