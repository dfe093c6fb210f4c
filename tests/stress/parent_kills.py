"""Kill runs with workers at random moments, and measure how long anything of them is still there.

`python -m tests.stress.parent_kills [--seed N] [--within SECONDS] [ROUNDS]`: 20 rounds by default, of a generated suite
with `-j 4`. With `--here --longest 8 6 -- -j 2 features/shopping`, 6 rounds of features of this repository. In each,
`kill -9` of the parent alone, some time after its first worker has come. Prints how long until its workers, what they
had started (browsers) and the rest (the system that the run owned) were gone; exits with 1 if a worker took longer than
a second, or if anything was left after `--within`; with `--here`, also on disk.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from support.core import RehearsalError, wait_until
from tests.acceptance.system.conftest import runs
from tests.stress.kills import _descendants
from tests.stress.left import Left
from tests.stress.worker_kills import Runs, _generate

if TYPE_CHECKING:
    import subprocess

MOST: Final = {"workers": 1.0}


@dataclass
class Deaths:
    """How long each kind of process outlived its run."""

    suite: Runs
    within: float
    gone_after: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    faults: list[str] = field(default_factory=list)
    rounds: int = 0

    def kill(self, after: float) -> None:
        """Start a run, kill it so long after its first worker has come, and wait until nothing is left."""
        process = self.suite._start()
        wait_until(lambda: self.suite._workers(process.pid) or process.poll() is not None, limit=60, what="a worker")
        seen = self.suite._wait(process, time.monotonic() + after)
        kinds = self._kinds(process, seen)
        process.kill()
        killed = time.monotonic()
        process.wait()
        if process.returncode != -signal.SIGKILL:
            return  # it had ended before
        self.rounds += 1
        left = {kind: pids for kind, pids in kinds.items() if pids}
        for kind, pids in left.items():
            self.counts[kind].append(len(pids))

        def nothing_left() -> bool:
            for kind in [kind for kind, pids in left.items() if not any(map(runs, pids))]:
                self.gone_after[kind].append(time.monotonic() - killed)
                del left[kind]
            return not left and not self._files()

        try:
            wait_until(nothing_left, limit=self.within, what="nothing is left")
        except RehearsalError:
            told = [*(_told(pid) for pids in left.values() for pid in pids), *self._files()]
            self.faults.append(f"after {after:.2f} s: left {told}")

    def _files(self) -> list[str]:
        return self.suite.left.files() if self.suite.left else []

    def _kinds(self, process: subprocess.Popen[bytes], seen: set[int]) -> dict[str, set[int]]:
        workers = set(self.suite._workers(process.pid))
        started = {pid for worker in workers for pid in _descendants(worker)}
        rest = {pid for pid in seen | _descendants(process.pid) if runs(pid)} - workers - started
        return {"workers": workers, "what workers started": started, "the rest": rest}


def _told(pid: int) -> str:
    try:
        return f"{pid} {Path(f'/proc/{pid}/cmdline').read_bytes().replace(bytes(1), b' ').decode()[:100]}"
    except OSError:
        return f"{pid}"


def _report(deaths: Deaths) -> bool:
    """Print the table; whether everything was in time."""
    print(f"{'killed with the run':<22}{'rounds':>7}{'processes':>11}{'median s':>10}{'longest s':>11}")
    late = []
    for kind, times in deaths.gone_after.items():
        counts = f"{min(deaths.counts[kind])}-{max(deaths.counts[kind])}"
        print(f"{kind:<22}{len(times):>7}{counts:>11}{statistics.median(times):>10.3f}{max(times):>11.3f}")
        late += [f"{kind}: {max(times):.2f} s"] if max(times) > MOST.get(kind, deaths.within) else []
    for fault in (*late, *deaths.faults):
        print("FAULT", fault)
    return not (late or deaths.faults)


def main() -> int:
    """Kill, measure, and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rounds", type=int, nargs="?", default=20)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--within", type=float, default=5.0, help="seconds in which everything must be gone")
    parser.add_argument("--longest", type=float, help="the latest moment, in seconds; by default, near the end")
    parser.add_argument("--here", action="store_true", help="the features of this repository, not generated ones")
    parser.add_argument("words", nargs="*", help="for behave")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pk-") as folder:
        chance = random.Random(given.seed)
        suite = Runs(Path(folder), chance, given.words, Left(Path(folder)) if given.here else None)
        if not given.here:
            _generate(suite.folder, chance)
        deaths = Deaths(suite, given.within)
        longest = given.longest or suite.measure() * 0.8
        print(f"seed {given.seed}: {given.rounds} rounds, killed up to {longest:.1f} s after the first worker")
        while deaths.rounds < given.rounds:
            deaths.kill(chance.uniform(0, longest))
        return 0 if _report(deaths) else 1


if __name__ == "__main__":
    sys.exit(main())
