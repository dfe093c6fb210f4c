"""Run a behave suite serially and side by side, and show every line in which the outputs differ.

`python -m tests.stress.same_output FOLDER [behave's arguments]`: plain behave, and our runner with 1, 2, 4 and 8 jobs,
in that folder, each with `-f plain`, `pretty`, `progress3`, `json`, `rerun` and with `--junit`; what follows the folder
is handed on to all. `--ours` in front leaves plain behave out, for a suite that needs our runner. Times, addresses of
objects and ids of runs are made alike first, and neither standard error is compared nor what our terminal says of a run
that lasts. Warnings are always told, as Python tells them once in each process otherwise. Exits with 1 if anything
differs.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
JUNIT: Final = "junit"
KINDS: Final = ("plain", "pretty", "progress3", "json", "rerun", JUNIT)
JOBS: Final = (1, 2, 4, 8)
_LIKE: Final = (
    (re.compile(r'("duration": )[0-9.e-]+'), r"\1T"),
    (re.compile(r" *\b(\d+ ?m(in)? ?)?\d+(\.\d+)? ?s(ec)?\b"), " T"),
    (re.compile(r'\b(time|timestamp)="[^"]*"'), r'\1="T"'),
    (re.compile(r"\b\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?\b"), "T"),
    (re.compile(r"\b0x[0-9a-f]+\b"), "0x0"),
    (re.compile(r"\brun +[a-z0-9]{8}, seed \d+|\breports/[a-z0-9]{8}\b"), "RUN"),
)
_OF_THE_RUN: Final = ("USING RUNNER", "... ")


def comparable(text: str) -> list[str]:
    """The lines of an output, with what differs from run to run made alike."""
    for pattern, instead in _LIKE:
        text = pattern.sub(instead, text)
    return [line for line in text.splitlines() if not line.startswith(_OF_THE_RUN)]


def output(folder: Path, kind: str, *arguments: str) -> list[str]:
    """What behave tells of this kind with these arguments, made comparable, and its exit status."""
    path = os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": "always"}
    with tempfile.TemporaryDirectory() as reports:
        asked = ("-f", "null", "--junit", "--junit-directory", reports) if kind == JUNIT else ("-f", kind)
        told = subprocess.run(
            [sys.executable, "-m", "behave", *asked, *arguments],
            cwd=folder, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        files = [path.name + "\n" + path.read_text() for path in sorted(Path(reports).iterdir())]
    return [*comparable("\n".join([*files, told.stdout])), f"exit status {told.returncode}"]


def differences(folder: Path, kind: str, arguments: list[str], *, ours: bool) -> int:
    """Print how what is told of one kind differs; with how many numbers of jobs it does."""
    runner = ("-r", "support.execution:Runner")
    serial = output(folder, kind, *(runner if ours else ()), *arguments)
    found = 0
    for jobs in JOBS:
        parallel = output(folder, kind, *runner, "-j", str(jobs), *arguments)
        changed = [
            line[:300] for line in difflib.unified_diff(serial, parallel, "serial", f"-j {jobs}", n=0, lineterm="")
        ]
        told = f"{len(changed)} lines" if changed else f"same, {len(serial)} lines"
        print(f"{folder.name} {kind} -j {jobs}: {told}")
        print(*changed, sep="\n", end="\n" if changed else "")
        found += bool(changed)
    return found


def main() -> int:
    """Compare what is asked for; the exit status."""
    words = sys.argv[1:]
    ours = "--ours" in words[:1]
    folder, *arguments = words[ours:] or sys.exit(__doc__)
    return int(sum(differences(Path(folder).resolve(), kind, arguments, ours=ours) for kind in KINDS) > 0)


if __name__ == "__main__":
    sys.exit(main())
