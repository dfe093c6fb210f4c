"""The first line of a run's record and the last: what it set out to do, and what has become of that."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from . import __version__
from .record import RunFinished, RunStarted, machine, read_record, versions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .core import ScenarioPlan
    from .record import Run as RecordedRun
    from .run import Run


def begin_record(run: Run, plan: Sequence[ScenarioPlan]) -> None:
    """Write the first line: what is planned, where, and with which settings."""
    clean, identity = run.redactor, run.identity
    run.record.write(
        RunStarted(
            run_id=identity.run_id,
            seed=identity.seed,
            started_at=run.started_at,
            scenarios=_cleaned(plan, clean.text),
            profile=run.profile,
            system=run.description.name,
            versions=versions(rehearsal=__version__),
            platform=machine(),
            argv=[clean.text(word) for word in sys.argv[1:]],
            settings={name: str(clean.value(name, value)) for name, value in run.settings.given().items()},
            shard=identity.shard,
            cut=identity.cut,
            elsewhere={shard: _cleaned(plans, clean.text) for shard, plans in identity.elsewhere.items()},
        )
    )


def ended(run: Run, *, bad: bool, aborted: bool = False, reason: str = "") -> RecordedRun:
    """The run as its readers see it once `finished`, its last line, is written."""
    found, now = read_record(run.record.path), time.time()
    finished = RunFinished(
        finished_at=now,
        exit_status=int(bad),
        duration=now - run.started_at,
        counts={str(verdict): count for verdict, count in found.counts.items()},
        aborted=aborted,
        reason=run.redactor.text(reason),
    )
    return replace(found, finished=finished)


def end_record(run: Run, whole: RecordedRun) -> None:
    """Write the last line, when everything else is done: who is killed before has not ended."""
    if whole.finished is not None:
        run.record.write(whole.finished)
    run.record.close()


def _cleaned(plan: Sequence[ScenarioPlan], clean: Callable[[str], str]) -> Sequence[ScenarioPlan]:
    return [
        replace(
            each,
            name=clean(each.name),
            feature=clean(each.feature),
            rule=clean(each.rule),
            tags=tuple(map(clean, each.tags)),
        )
        for each in plan
    ]
