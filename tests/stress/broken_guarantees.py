"""Break each guarantee of the storefront on purpose, in a copy, and see which scenarios notice.

`python -m tests.stress.broken_guarantees [NAME ...]`: for every breach of `tests/stress/breaches.py`, or those named,
the repository is copied, one place is changed, and the features are rehearsed there. Prints who noticed; exits with 1
if nobody did. A breach takes as long as a run of the features, or of those that it names.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from support.core import ConfigurationError
from support.record import read_record
from tests.stress.breaches import BREACHES, Breach

ROOT = Path(__file__).parents[2]
MOST_SHOWN = 6


def noticed_by(breach: Breach) -> list[str]:
    """The scenarios that are red where the guarantee is broken."""
    with tempfile.TemporaryDirectory(prefix="breach-") as folder:
        copy, runtime = Path(folder) / "copy", Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        _copy_tracked(copy)
        for change in breach.changes:
            change.apply(copy)
        behave = [sys.executable, "-m", "behave", *breach.features, "-f", "null", "-D", f"reports={folder}/reports"]
        environment = {**os.environ, "XDG_RUNTIME_DIR": str(runtime), "PYTHONPATH": str(copy)}
        run = subprocess.run(behave, cwd=copy, env=environment, capture_output=True, text=True, check=False)
        try:
            record = read_record(Path(folder) / "reports" / "latest" / "record.jsonl")
        except ConfigurationError:
            sys.exit(f"{breach.name}: the copy could not be rehearsed:\n{run.stdout[-2000:]}{run.stderr[-2000:]}")
        return [scenario.name for scenario in record.scenarios if scenario.status == "failed"]


def _copy_tracked(copy: Path) -> None:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)


def main() -> int:
    """Break, and tell."""
    parser = argparse.ArgumentParser(description="Break each guarantee on purpose and see which scenarios notice.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(breach.name for breach in BREACHES))
    wanted = parser.parse_args().names
    unnoticed = 0
    for breach in BREACHES:
        if wanted and breach.name not in wanted:
            continue
        found = noticed_by(breach)
        unnoticed += not found
        print(f"{breach.name}: {breach.guarantee}\n  noticed by {len(found)}", flush=True)
        for name in found[:MOST_SHOWN]:
            print(f"    {name}", flush=True)
    return 1 if unnoticed else 0


if __name__ == "__main__":
    sys.exit(main())
