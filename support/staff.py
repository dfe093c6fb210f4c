"""What workers need of a run: something of their own to begin with, and a way to tell what they alone know."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from .core import Journal, Left, ScenarioIdentity
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
        self._journals: dict[str, Journal] = {}

    def expect_worker(self, worker: str) -> None:
        """In the parent: make what is to be read of this worker when it has died."""
        self._journals[worker] = Journal()

    def enter_worker(self, worker: str, tell: Callable[[], object]) -> None:
        """In a process that was just forked: a lease, a watchman and browsers of its own; the record is shared."""
        run = self._run
        run.go_on_as(worker, self._journals.pop(worker))
        for journal in self._journals.values():
            journal.close()
        run.record.drain()
        self._passed_on = set(run.redactor.secrets)
        run.redactor.when_learnt = lambda: self._unsaid and tell()

    def leave_worker(self) -> None:
        """Close what this process opened; RehearsalError names what did not."""
        self._run.leave()

    def worker_news(self) -> dict[str, Any]:
        """What the parent needs to know: which secrets came up, what was written, why nothing else should start."""
        run, new = self._run, self._unsaid
        self._passed_on |= new.keys()
        return {"secrets": new, "written": run.record.drain(), "stopped": run.stopped}

    def hear_worker(self, news: Mapping[str, Any]) -> Mapping[str, str] | None:
        """In the parent: know what a worker knows; its secrets are for the other workers, too."""
        self.hear_others(news["secrets"])
        self._run.record.note(news["written"])
        self.stopped = self.stopped or news["stopped"]
        return news["secrets"] or None

    def hear_others(self, news: Mapping[str, str]) -> None:
        """Know the secrets that another process has learnt."""
        self._passed_on |= news.keys()
        for value, name in news.items():
            self._run.redactor.add(value, name=name)

    @property
    def _unsaid(self) -> Mapping[str, str]:
        """The secrets that only this process knows."""
        known = dict(self._run.redactor.secrets)  # a thread of a step may learn another one meanwhile
        return {value: name for value, name in known.items() if value not in self._passed_on}

    def clean(self, text: str) -> str:
        """In the parent: what a worker has cleaned, without what others have learnt since."""
        return self._run.redactor.without_known(text)

    def bury(self, scenario: Any, attempt: int, worker: str, began: float) -> None:  # noqa: ANN401 - behave has no types
        """In the parent: end the accidents of a scenario whose process died, and write down how far it came.

        Where a step had failed before, that is its reason, and what the process died of comes afterwards.
        """
        run, left, failed = self._run, self._left_by(worker), failed_step(scenario)
        of_it = left.scenario_id == scenario_id(scenario) and left.attempt >= attempt  # behave's autoretry goes on
        identity = ScenarioIdentity(run.identity, scenario_id(scenario), left.attempt if of_it else attempt)
        world = run.world(identity, step=lambda: failed)
        if of_it:
            world.evidence.take_over(left)
        after = None if failed is None else scenario.exception
        captured = any(each.step == failed for each in world.evidence.of("environment"))  # it is what is kept last
        troubles = troubles_of(lambda: run.heal(identity), *(() if captured else (world.capture_failure,)))
        evidence = run.keep(world, failed=True)
        run.record.write(
            scenario_record(
                scenario,
                identity,
                started_at=began,
                duration=time.time() - began,
                evidence=evidence,
                actions=world.evidence.actions(),
                facts={"execution": {"worker_died": True, "troubles": troubles}},
                rerun=rerun_command(scenario, run.settings),
                trouble=after,
                worker=worker,
                clean=run.redactor.text,
            )
        )

    def _left_by(self, worker: str) -> Left:
        """The journal of a worker that has died, which nobody needs any more."""
        journal = self._journals.pop(worker)
        left = journal.read()
        journal.close()
        return left
