"""Run a behave suite serially and side by side, and show every line in which the outputs differ.

`python -m tests.stress.same_output FOLDER [behave's arguments]`: plain behave, and our runner with 1, 2 and 4 jobs, in
that folder, each with `-f plain`, `-f progress3` and `-f json`; what follows the folder is handed on to all. `--ours`
in front leaves plain behave out, for a suite that needs our runner. Times, addresses of objects and ids of runs are
made alike first, and no line of ours on standard error is compared. Exits with 1 if anything differs.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
FORMATS: Final = ("plain", "progress3", "json")
JOBS: Final = (1, 2, 4)
_LIKE: Final = (
    (re.compile(r'("duration": )[0-9.e-]+'), r"\1T"),
    (re.compile(r"\b\d+m(in )?[0-9.]+s\b|\b\d+min [0-9.]+s|\b\d+\.\d+ ?s(ec)?\b|\bin \d+ s\b"), "T"),
    (re.compile(r"\b0x[0-9a-f]+\b"), "0x0"),
    (re.compile(r"\brun +[a-z0-9]{8}, seed \d+|\breports/[a-z0-9]{8}\b"), "RUN"),
)


def output(folder: Path, *arguments: str) -> list[str]:
    """What behave prints with these arguments, made comparable, and its exit status."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}
    told = subprocess.run(
        [sys.executable, "-m", "behave", *arguments],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    text = told.stdout
    for pattern, instead in _LIKE:
        text = pattern.sub(instead, text)
    lines = [line for line in text.splitlines() if not line.startswith("USING RUNNER")]
    return [*lines, f"exit status {told.returncode}"]


def differences(folder: Path, kind: str, arguments: list[str], *, ours: bool) -> int:
    """Print how the outputs of one formatter differ; how many do."""
    common = ("-f", kind, *arguments)
    runner = ("-r", "support.execution:Runner")
    serial = output(folder, *runner, *common) if ours else output(folder, *common)
    found = 0
    for jobs in JOBS:
        parallel = output(folder, *runner, "-j", str(jobs), *common)
        changed = [
            line[:300] for line in difflib.unified_diff(serial, parallel, "serial", f"-j {jobs}", n=0, lineterm="")
        ]
        print(
            f"{folder.name} -f {kind} -j {jobs}: {f'{len(changed)} lines' if changed else f'same, {len(serial)} lines'}"
        )
        print(*changed, sep="\n", end="\n" if changed else "")
        found += bool(changed)
    return found


def main() -> int:
    """Compare what is asked for; the exit status."""
    words = sys.argv[1:]
    ours = "--ours" in words[:1]
    folder, *arguments = words[ours:] or sys.exit(__doc__)
    return int(sum(differences(Path(folder).resolve(), kind, arguments, ours=ours) for kind in FORMATS) > 0)


if __name__ == "__main__":
    sys.exit(main())
