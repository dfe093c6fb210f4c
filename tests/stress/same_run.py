"""Run our suite serially and side by side, each on a system of its own, and show where what they tell differs.

`python -m tests.stress.same_run FOLDER [behave's arguments]` writes all formatters, JUnit XML and the record of a
serial run into FOLDER/serial, and of one with two jobs into FOLDER/parallel; a run that is there already is used as it
is. Outputs are compared as in `same_output`, records scenario by scenario: verdict, reason, steps with their statuses,
hooks, actions, evidence. What a scenario has left is compared in no order (what is sent at one moment ends as it may),
what a browser's console says belongs to no step (it comes when it comes), and no sequence number counts (scenarios
share their streams). What is repeated within a step counts once, as what waits looks as often as it takes; where that
makes a difference is told at the end. Exits with 1 if anything else differs.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from support.record import EvidenceRecord, FixtureRecord, Run, ScenarioRecord, read_record
from tests.stress.same_output import ROOT, comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FORMATS: Final = ("plain", "pretty", "progress3", "json", "rerun")
RUNS: Final = {"serial": (), "parallel": ("-j", "2")}
_LIKE: Final = (
    (re.compile(r"\b127\.0\.0\.1:\d+"), "ADDRESS"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "ID"),
    (re.compile(r"\b\d+(\.\d+)? (ms|s)\b"), "T"),
    (re.compile(r"\bsequence \d+"), "SEQUENCE"),
    (re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)?"), "T"),
)


def made(folder: Path, jobs: Sequence[str], arguments: Sequence[str]) -> Path:
    """The folder, with what such a run has told in it."""
    if not (folder / "exit").exists():
        folder.mkdir(parents=True, exist_ok=True)
        formats = [word for kind in FORMATS for word in ("-f", kind, "-o", str(folder / kind))]
        reports = ("-D", "report=false", "-D", f"reports={folder / 'reports'}", "-D", "seed=7")
        command = [sys.executable, "-m", "behave", *formats, "-f", "rehearsal", *reports, *jobs, *arguments]
        junit = ("--junit", "--junit-directory", str(folder / "junit"))
        with tempfile.TemporaryDirectory() as place, (folder / "stdout").open("w") as told:
            environment = {**os.environ, "XDG_RUNTIME_DIR": place}
            ended = subprocess.run([*command, *junit], cwd=ROOT, env=environment, stdout=told, check=False)
        (folder / "exit").write_text(f"{ended.returncode}\n")
    return folder


def outputs(folder: Path, run_id: str) -> dict[str, list[str]]:
    """The comparable lines of each output of a run, by the name of its file."""
    found = {}
    ours = next((folder / "reports").glob("*/junit.xml"))
    for path in [
        *(folder / name for name in (*FORMATS, "stdout", "exit")),
        ours,
        *sorted((folder / "junit").iterdir()),
    ]:
        text = path.read_text() if path.exists() else ""
        found[path.name] = comparable(text.replace(run_id, "RUN").replace(str(folder), "FOLDER"))
    return found


def record(run: Run) -> dict[str, list[str]]:
    """What a record tells of each scenario, as comparable lines; what stands above scenarios is not among it."""
    found: dict[str, list[str]] = {}
    names = {scenario.scenario_id: f"{scenario.scenario_id} {scenario.name}" for scenario in run.scenarios}
    for scenario in run.scenarios:
        found.setdefault(names[scenario.scenario_id], []).extend(_scenario(scenario))
    for fixture in run.fixtures:
        if fixture.of in names:
            found[names[fixture.of]].append(_fixture(fixture))
    return {name: sorted(_alike(line, run.started.run_id) for line in lines) for name, lines in found.items()}


def _scenario(told: ScenarioRecord) -> Iterator[str]:
    yield f"attempt {told.attempt}: {told.status}, {told.verdict}, {told.reason!r} {told.afterwards!r} {told.output!r}"
    yield f"{told.feature_file}:{told.line} {told.rule} {told.row} {told.tags} seed {told.seed} {told.facts}"
    for number, step in enumerate(told.steps):
        yield f"step {number}: {step.keyword} {step.text} {step.status} {step.error!r} {step.output!r}"
        yield f"step {number} has {step.table} {step.doc!r}"
    for action in told.actions:
        yield f"action in step {action.step}: {action.title} {action.status} {action.error!r} {action.parameters}"
    yield from map(_exhibit, told.evidence)


def _exhibit(told: EvidenceRecord) -> str:
    step = "" if told.kind == "browser.console" else f" of step {told.step}"
    return f"evidence{step}: {told.kind} {told.media_type} {'kept' if told.file else 'not kept'} {told.summary}"


def _fixture(told: FixtureRecord) -> str:
    return f"{told.scope} {told.when} {told.name} attempt {told.attempt}: {told.status} {told.error!r}"


def _alike(line: str, run_id: str) -> str:
    line = line.replace(run_id, "RUN")
    for pattern, instead in _LIKE:
        line = pattern.sub(instead, line)
    return line


def differences(serial: dict[str, list[str]], parallel: dict[str, list[str]]) -> int:
    """Print what is told by one and not by the other, of each name; the number of names of which that is so."""
    found = 0
    for name in {**serial, **parallel}:
        one, other = serial.get(name, []), parallel.get(name, [])
        changed = [line[:300] for line in difflib.unified_diff(one, other, "serial", "parallel", n=0, lineterm="")]
        if changed:
            print(f"{name}:", *changed, sep="\n")
        found += bool(changed)
    return found


def repeats(serial: dict[str, list[str]], parallel: dict[str, list[str]]) -> None:
    """Print what was told of a scenario more often by one than by the other, and how often."""
    for name in {**serial, **parallel}:
        one, other = Counter(serial.get(name)), Counter(parallel.get(name))
        for line in sorted(one.keys() & other.keys()):
            if one[line] != other[line]:
                print(f"{name}: {one[line]} and {other[line]} times {line[:200]}")


def main() -> int:
    """Compare two runs; the exit status."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder, *arguments = sys.argv[1:]
    told, records = [], []
    for name, jobs in RUNS.items():
        place = made(Path(folder).resolve() / name, jobs, arguments)
        run = read_record(next((place / "reports").glob("*/record.jsonl")))
        told.append(outputs(place, run.started.run_id))
        records.append(record(run))
        kinds = Counter(exhibit.kind for scenario in run.scenarios for exhibit in scenario.evidence)
        print(f"{name}: {len(run.scenarios)} scenarios, {dict(sorted(kinds.items()))}")
    once = [{name: list(dict.fromkeys(lines)) for name, lines in each.items()} for each in records]
    found = [differences(*told), differences(*once)]
    print(f"{found[0]} of {len(told[0])} outputs and {found[1]} of {len(records[0])} scenarios differ")
    repeats(*records)
    return int(any(found))


if __name__ == "__main__":
    sys.exit(main())
