"""The newest run of a suite that keeps records: what went wrong in it runs alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from ..core import ConfigurationError
from ..record import read_record
from ._identity import scenario_id
from ._tell import tell

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from behave.model import Scenario

    from ..record import Run, ScenarioRecord
    from ._options import Options

_RECORD: Final = "record.jsonl"
_AGAIN: Final = frozenset({"failed", "broken", "not run"})
_MOST: Final = 10


def leave_failed(scenarios: Iterable[Scenario], options: Options) -> None:
    """Have only those of the scenarios run that went wrong, or did not run, in the newest run.

    ConfigurationError if there is no such run, if nothing went wrong in it, or if none of that is there any more.
    """
    run = _newest(options.reports)
    wanted = {each.scenario_id: each for each in run.outcomes if each.verdict in _AGAIN}
    if not wanted and not options.allow_empty:
        which = f"{run.started.run_id} ({len(run.outcomes)} scenarios)"
        msg = (
            f"-D only=failed: nothing went wrong in the newest run, {which}. "
            "Run without it, or pass -D allow_empty if that is no trouble."
        )
        raise ConfigurationError(msg)
    found = set[str]()
    for scenario in scenarios:
        name = scenario_id(scenario)
        if name in wanted:
            found.add(name)
        else:
            scenario.mark_skipped()
    _tell_missing([each for name, each in wanted.items() if name not in found], run, none_left=not found)


def _tell_missing(missing: list[ScenarioRecord], run: Run, *, none_left: bool) -> None:
    if not missing:
        return
    told = [f"  {each.name} ({each.feature_file}:{each.line})" for each in missing[:_MOST]]
    told += [f"  and {len(missing) - _MOST} more"] * (len(missing) > _MOST)
    head = (
        f"-D only=failed: {len(missing)} of what went wrong in run {run.started.run_id} "
        f"{'are' if len(missing) > 1 else 'is'} not among the scenarios that were read. Renamed, removed, or elsewhere:"
    )
    words = "\n".join([head, *told])
    if none_left:
        msg = f"{words}\nNothing is left to run: run without -D only=failed, or name the files they are in now."
        raise ConfigurationError(msg)
    tell(words)


def _newest(reports: Path | None) -> Run:
    """The run that began last of those that have a record."""
    if reports is None:
        msg = (
            "-D only=failed needs the record of an earlier run, and this suite keeps none. Let behave note what fails: "
            "`behave -f rerun -o rerun.txt`, then `behave @rerun.txt`."
        )
        raise ConfigurationError(msg)
    found = sorted((begun, path) for path in reports.glob(f"*/{_RECORD}") if (begun := _begun(path)) is not None)
    if not found:
        msg = f"-D only=failed: there is no run in {reports} yet. Run without it first, or pass -D reports=FOLDER."
        raise ConfigurationError(msg)
    return read_record(found[-1][1])


def _begun(record: Path) -> float | None:
    """When a run began; None if its record does not say so. `latest` leads to one of the others."""
    try:
        with record.open("rb") as file:
            first = json.loads(file.readline())
        return None if record.parent.is_symlink() else float(first["started_at"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
