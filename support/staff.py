"""What workers need of a run: something of their own to begin with, and a way to tell what they alone know."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from .core import ScenarioIdentity
from .execution import failed_step, rerun_command, scenario_id, scenario_record
from .reporting import troubles_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .run import Run


class RunStaff:
    """The `Staff` (see execution) of a run; `stopped` is why, as a worker has said, nothing else should start."""

    def __init__(self, run: Run) -> None:
        self._run, self.stopped = run, ""
        self._passed_on: set[str] = set()

    def enter_worker(self, worker: str, tell: Callable[[], object]) -> None:
        """In a process that was just forked: a lease, a watchman and browsers of its own; the record is shared."""
        run = self._run
        run.go_on_as(worker)
        run.record.drain()
        self._passed_on = set(run.redactor.secrets)
        run.redactor.when_learnt = tell

    def leave_worker(self) -> None:
        """Close what this process opened; RehearsalError names what did not."""
        self._run.leave()

    def worker_news(self) -> dict[str, Any]:
        """What the parent needs to know: which secrets came up, what was written, why nothing else should start."""
        run = self._run
        new = {value: name for value, name in run.redactor.secrets.items() if value not in self._passed_on}
        self._passed_on |= new.keys()
        return {"secrets": new, "written": run.record.drain(), "stopped": run.stopped}

    def hear_worker(self, news: Mapping[str, Any]) -> None:
        """In the parent: know what a worker knows."""
        for value, name in news["secrets"].items():
            self._run.redactor.add(value, name=name)
        self._run.record.note(news["written"])
        self.stopped = self.stopped or news["stopped"]

    def bury(self, scenario: Any, attempt: int, worker: str, began: float) -> None:  # noqa: ANN401 - behave has no types
        """In the parent: end the accidents of a scenario whose process died, and write down how far it came."""
        run = self._run
        identity = ScenarioIdentity(run.identity, scenario_id(scenario), attempt)
        world = run.world(identity, step=lambda: failed_step(scenario))
        troubles = troubles_of(lambda: run.heal(identity), world.capture_failure)
        evidence = run.keep(world, failed=True)
        run.record.write(
            scenario_record(
                scenario,
                identity,
                started_at=began,
                duration=time.time() - began,
                evidence=evidence,
                facts={"execution": {"worker_died": True, "troubles": troubles}},
                rerun=rerun_command(scenario, run.settings),
                worker=worker,
                clean=run.redactor.text,
            )
        )
