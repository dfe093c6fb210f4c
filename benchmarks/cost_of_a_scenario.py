"""What a scenario costs above behave with empty hooks: runner, hooks, world, identity and record; no door is opened.

Run it as `python benchmarks/cost_of_a_scenario.py [scenarios] [rounds]`. Both suites run in turn, and processor time is
counted, so the difference holds on a noisy machine; it runs from the first scenario to the last, so that starting and
stopping do not count.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEPS = "from behave import step\n\n@step('nothing happens')\ndef nothing(context):\n    pass\n"
CLOCK = """
import time
def before_feature(context, feature):
    context.config.bench_start = time.process_time()
def after_feature(context, feature):
    print(f"\\nSECONDS {time.process_time() - context.config.bench_start}", flush=True)
"""
EMPTY = (
    CLOCK
    + """
def before_scenario(context, scenario):
    pass
def after_scenario(context, scenario):
    pass
"""
)
OURS = (
    CLOCK
    + """
from support import hooks
before_all, before_scenario, after_scenario = hooks.before_all, hooks.before_scenario, hooks.after_scenario
after_all = hooks.after_all
"""
)
SYSTEM = '[system]\nname = "nothing"\n\n[parts]\n\n[profiles.embedded]\nmarked = "test"\n'


def suite(folder: Path, environment: str, scenarios: int) -> Path:
    """A suite of scenarios of five steps that do nothing."""
    steps = "    Given nothing happens\n" + "    And nothing happens\n" * 4
    body = "".join(f"  Scenario: number {number}\n{steps}" for number in range(scenarios))
    for name, text in {
        "features/nothing.feature": f"Feature: Nothing\n{body}",
        "steps/steps.py": STEPS,
        "environment.py": environment,
        "system.toml": SYSTEM,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def seconds(folder: Path, *options: str) -> float:
    """Run a suite, and read the time that its scenarios took."""
    command = [sys.executable, "-m", "behave", "features", "-f", "null", "--no-summary", "--no-capture-hooks", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    lines = [line for line in result.stdout.splitlines() if line.startswith("SECONDS ")]
    if result.returncode or not lines:
        sys.exit(result.stdout + result.stderr)
    return float(lines[0].split()[1])


def main(scenarios: int = 2000, rounds: int = 5) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as temporary:
        empty = suite(Path(temporary, "empty"), EMPTY, scenarios)
        ours = suite(Path(temporary, "ours"), OURS, scenarios)
        runner = ("-r", "support.execution:Runner", "-D", "run_scope=support.run:Run")
        pairs = [(seconds(empty), seconds(ours, *runner)) for _ in range(rounds)]
    each = [(one / scenarios * 1000, two / scenarios * 1000) for one, two in pairs]
    print(f"{scenarios} scenarios of 5 steps, {rounds} rounds, milliseconds a scenario (median)")
    print(f"  empty hooks  {statistics.median(one for one, _ in each):.3f}")
    print(f"  ours         {statistics.median(two for _, two in each):.3f}")
    print(f"  difference   {statistics.median(two - one for one, two in each):.3f}  (bar: 0.2)")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
