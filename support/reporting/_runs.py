"""What is kept of each run when its folder is gone: one line, in `runs.jsonl` beside the folders."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Final

from ..record import VERDICTS, Verdict
from ._durations import remember_durations

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ..record import Run

_FILE: Final = "runs.jsonl"
_MOST_BYTES: Final = 1 << 18  # what is read of it: some hundred runs
_MOST_BAD: Final = 100


@dataclass(frozen=True)
class PastRun:
    """How a run went; `bad` are the ids of its first red and yellow scenarios. Times are Unix seconds."""

    run_id: str
    started_at: float
    duration: float
    verdict: Verdict
    counts: Mapping[str, int] = field(default_factory=dict)
    profile: str = ""
    bad: Sequence[str] = ()

    @classmethod
    def of(cls, run: Run) -> PastRun:
        """What is kept of a run."""
        bad = [each.scenario_id for each in run.outcomes if each.verdict in {"failed", "broken"}]
        return cls(
            run_id=run.started.run_id,
            started_at=run.started.started_at,
            duration=run.finished.duration if run.finished else 0.0,
            verdict=run.verdict,
            counts={str(verdict): count for verdict, count in run.counts.items()},
            profile=run.started.profile,
            bad=bad[:_MOST_BAD],
        )


def remember(run: Run, reports: Path) -> None:
    """Keep what later runs want to know of this one: how it went, and how long its scenarios took.

    Remembering a run again replaces what was known of it, and nothing of later ones. What cannot be written is
    forgotten: no run fails for that.
    """
    entry, known = PastRun.of(run), _known(reports)
    remember_durations(run, reports, newest=all(each.started_at <= entry.started_at for each in known.values()))
    if known.get(entry.run_id) == entry:
        return
    try:
        with (reports / _FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(entry)) + "\n")  # one write: runs may end at the same time
    except OSError:
        return


def past_runs(reports: Path, last: int = 30, before: float = math.inf) -> list[PastRun]:
    """The last runs that are remembered below a folder and began before a moment, the oldest first."""
    found = [each for each in _known(reports).values() if each.started_at < before]
    return sorted(found, key=lambda each: each.started_at)[-last:]


def _known(reports: Path) -> dict[str, PastRun]:
    return {each.run_id: each for each in _read(reports / _FILE)}


def _read(path: Path) -> Iterator[PastRun]:
    """The entries at the end of the file; lines that are torn or of another make are passed over."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _MOST_BYTES))
            lines = file.read().split(b"\n")
    except OSError:
        return
    for line in lines:
        try:
            entry = PastRun(**json.loads(line))
            numbers = (entry.started_at, entry.duration, *entry.counts.values())
        except (ValueError, TypeError, AttributeError):
            continue
        if all(isinstance(each, int | float) for each in numbers) and entry.verdict in VERDICTS:
            yield entry
