"""Kill somebody at random moments of a system's life, again and again, and look for what is left.

`python -m tests.stress.kills [KILLS] [--seed N] [--within SECONDS] [--system FILE]`: 100 kills by default, of a small
system whose services start something that flees into a session of its own. Prints whom it killed when, and the longest
time until nothing was left; exits with 1 if something stayed. The moments go from before the control process runs to
after the system is ready.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from support.core import RehearsalError, wait_until
from tests.acceptance.system.conftest import DESCRIPTION, Place, runs

if TYPE_CHECKING:
    import subprocess

VICTIMS = {
    "runner": [("runner", signal.SIGKILL)],
    "runner, SIGTERM": [("runner", signal.SIGTERM)],
    "runner, Ctrl-C": [("runner", signal.SIGINT)],
    "control": [("control", signal.SIGKILL)],
    "control, SIGTERM": [("control", signal.SIGTERM)],
    "control and runner": [("control", signal.SIGKILL), ("runner", signal.SIGKILL)],
    "runner and control": [("runner", signal.SIGKILL), ("control", signal.SIGKILL)],
    "reaper and runner": [("reaper", signal.SIGKILL), ("runner", signal.SIGKILL)],
}
FLEES = """
import os, sys
if os.fork() == 0:
    os.setsid()
    os.execve(sys.executable, [sys.executable, "-c", "import signal; signal.pause()", {place!r}], {{}})
"""
OTHER_RUNNER = """
import sys
from pathlib import Path
from support.environments import control_argv
from support.system import SystemClient, load

client = SystemClient.start(
    load(Path(sys.argv[1])), profile="embedded", run_id="doomed", argv=control_argv(), progress=lambda text: None
)
print(client.folder, flush=True)
sys.stdin.read()
"""


@dataclass
class Kills:
    """What happened."""

    place: Place
    runtime: Path
    within: float
    ready_after: float = 0.0
    gone_after: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    left: list[str] = field(default_factory=list)

    def measure(self) -> None:
        """How long a start takes, so that the moments spread over all of it."""
        begun = time.monotonic()
        runner = self._runner()
        assert runner.stdout is not None
        if not runner.stdout.readline():
            sys.exit("the system does not start")
        self.ready_after = time.monotonic() - begun
        runner.communicate()
        wait_until(lambda: not self._leftovers(set(), runner.pid), limit=10, what="the first system is gone")

    def kill(self, whom: str, after: float) -> None:
        """Start, wait, kill, and wait until nothing is left."""
        runner = self._runner()
        seen = _sleep_and_watch(runner.pid, after)
        roles = {role for role, _ in VICTIMS[whom]}
        wait_until(lambda: roles <= set(_roles(runner.pid)), limit=20, what=f"{whom} is there")
        who = _roles(runner.pid)
        seen |= _descendants(runner.pid)
        for role, number in VICTIMS[whom]:
            os.kill(who[role], number)
        killed = time.monotonic()
        try:
            wait_until(lambda: not self._leftovers(seen, runner.pid), limit=self.within, what="nothing is left")
            self.gone_after[whom].append(time.monotonic() - killed)
        except RehearsalError:
            self.left.append(f"{whom} after {after:.3f} s: {self._leftovers(seen, runner.pid)}")
            _kill_all(self.runtime.name, str(self.place.folder))
            for path in (self.runtime / "rehearsal", *self._data()):
                shutil.rmtree(path, ignore_errors=True)
        finally:
            runner.communicate(timeout=30)

    def _runner(self) -> subprocess.Popen[str]:
        return self.place.other_process("start")

    def _leftovers(self, seen: set[int], runner: int) -> list[str]:
        """Processes (but the runner, who may live), folders, data in memory and segments of shared memory."""
        names = (self.runtime.name, str(self.place.folder))
        found = [
            f"process {pid} {words[:150]}"
            for pid, words in _commands()
            if any(name in words for name in names)
            if pid != runner
        ]
        found += [f"process {pid}" for pid in seen if runs(pid)]
        folder = self.runtime / "rehearsal"
        found += [str(path) for path in folder.glob("[!.]*")] if folder.is_dir() else []
        found += map(str, self._data())
        segments = Path("/proc/sysvipc/shm").read_text().splitlines()[1:]
        return found + [f"segment {line.split()[1]}" for line in segments if int(line.split()[4]) in seen]

    def _data(self) -> list[Path]:
        places = (Path("/dev/shm"), Path(tempfile.gettempdir()))
        return [path for place in places for path in place.glob(f"rehearsal-*-{self.place.description.name}-*")]


def _sleep_and_watch(root: int, seconds: float) -> set[int]:
    """Everything that was a descendant meanwhile (postmasters make shared memory), which must all be gone later."""
    seen, end = set[int](), time.monotonic() + seconds

    def passed() -> bool:
        seen.update(_descendants(root))
        return time.monotonic() >= end

    wait_until(passed, limit=seconds + 5, what="the moment has come")
    return seen


def _roles(runner: int) -> dict[str, int]:
    """Who is there by now: the runner, the reaper (its child), the control process (the child of that)."""
    children = _children()
    found = {"runner": runner}
    for reaper in children.get(runner, []):
        found["reaper"] = found["control"] = reaper
        for control in children.get(reaper, [])[:1]:
            found["control"] = control
    return found


def _descendants(root: int) -> set[int]:
    children, found, new = _children(), set[int](), [root]
    while new:
        new = [child for pid in new for child in children.get(pid, [])]
        found.update(new)
    return found


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for process in sorted(Path("/proc").glob("[0-9]*"), key=lambda each: int(each.name)):
        try:
            parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        found[parent].append(int(process.name))
    return found


def _commands() -> list[tuple[int, str]]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if int(process.name) != os.getpid():
            found.append((int(process.name), words))
    return found


def _kill_all(*names: str) -> None:
    for pid, words in _commands():
        if any(name in words for name in names):
            os.kill(pid, signal.SIGKILL)


def _told(kills: Kills) -> None:
    print(f"{'killed':<22}{'times':>6}{'median':>9}{'longest':>9}   (seconds until nothing was left)")
    for whom, times in sorted(kills.gone_after.items()):
        print(f"{whom:<22}{len(times):>6}{statistics.median(times):>9.2f}{max(times):>9.2f}")
    every = [seconds for times in kills.gone_after.values() for seconds in times]
    print(f"{'all':<22}{len(every):>6}{statistics.median(every):>9.2f}{max(every):>9.2f}" if every else "none")
    for each in kills.left:
        print("LEFT", each)


def main() -> int:
    """Kill, and tell."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", type=int, nargs="?", default=100)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--within", type=float, default=2.0, help="seconds in which everything must be gone")
    parser.add_argument("--system", type=Path, help="another system.toml")
    given = parser.parse_args()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's "&" has it ignored, by our runners too
    with tempfile.TemporaryDirectory(prefix="rk-") as runtime, tempfile.TemporaryDirectory(prefix="kills-") as folder:
        os.environ["XDG_RUNTIME_DIR"] = runtime
        place = Place(Path(folder), DESCRIPTION.replace('"bookshop"', f'"k{os.getpid()}"'))
        if given.system:
            (place.folder / "client.py").write_text(OTHER_RUNNER)
            place.file = given.system.resolve()
        else:
            service = place.folder / "service.py"
            service.write_text(FLEES.format(place=folder) + service.read_text())
        kills, chance = Kills(place, Path(runtime), given.within), random.Random(given.seed)
        kills.measure()
        print(f"seed {given.seed}, {given.kills} kills between 0 and {kills.ready_after * 1.25:.2f} s after the start")
        for number in range(given.kills):
            kills.kill(list(VICTIMS)[number % len(VICTIMS)], chance.uniform(0, kills.ready_after * 1.25))
        _told(kills)
    return 1 if kills.left else 0


if __name__ == "__main__":
    sys.exit(main())
