"""Meeting behave: what its hooks do.

A scenario is opened with an identity and a world of its own; when it ends, the world closes and everything known goes
into one record. A trouble of ours while closing is raised, so that behave calls the scenario broken and never passed.
"""

from __future__ import annotations

import functools
import re
import time
from typing import TYPE_CHECKING, Any

from .core import (
    CAPABILITIES,
    ConfigurationError,
    Exhibit,
    RehearsalError,
    RunIdentity,
    ScenarioIdentity,
    Settings,
    new_run,
    without_secrets,
)
from .doors import as_verdict
from .execution import (
    ATTEMPT,
    SETTINGS,
    STARTED_AT,
    amend,
    captured_as_ever,
    check_any_runner,
    clean_captured,
    needs_of,
    plan_of,
    rerun_command,
    scenario_id,
    scenario_record,
    scenario_started,
)
from .record import summaries
from .run import Run

if TYPE_CHECKING:
    from collections.abc import Callable

    from .world import World


def before_all(context: Any) -> None:
    """Open the run, unless the runner has; and let every step tell the product's disagreement from everything else."""
    config = context.config
    if getattr(config, "run_scope", None) is None:
        config.run_scope = _run_for_another_runner(context)
    clean_captured(config.run_scope.redactor.text)
    for definitions in context._runner.step_registry.steps.values():  # noqa: SLF001 - behave has no other way in
        for definition in definitions:
            definition.func = _with_verdict(definition.func)


def before_scenario(context: Any, scenario: Any) -> None:
    """Give the scenario an identity and a world of its own, or skip it if it needs what the profile does not grant."""
    run: Run = context.config.run_scope
    if why := _not_granted(run, context, scenario):
        scenario.skip()
        scenario.skip_reason = why
        return
    attempt = getattr(scenario, ATTEMPT, 1)
    setattr(scenario, ATTEMPT, attempt + 1)  # whoever runs it again in this process, another tenant is its
    identity = ScenarioIdentity(run.identity, scenario_id(scenario), attempt)
    running = _RunningStep(scenario)
    world = run.world(identity, step=running.index)
    run.collector.enter(identity.scenario_id, identity.attempt, world.evidence)
    # As `context.world = world`, without its walk up the call stack:
    context._stack[0].update(world=world, running_step=running)  # noqa: SLF001
    run.record.write(scenario_started(scenario, identity, world.opened_at, run.redactor.text))


def after_scenario(context: Any, scenario: Any) -> None:
    """Close the world and write the record; raise what did not close."""
    run: Run = context.config.run_scope
    if "world" not in context:
        return  # before_scenario failed or skipped it, and behave says so
    world, trouble = context.world, None
    try:
        world.close()
    except Exception as error:  # noqa: BLE001 - whatever it is, it goes into the record first
        trouble = error
    marks = run.collector.leave()
    failed = trouble is not None or scenario.status.has_failed()
    try:
        evidence = run.keep(world, failed=failed)
    except Exception as error:  # noqa: BLE001 - a full disk, say; the verdict is written all the same
        evidence, trouble = summaries(world.evidence.all()), trouble or error
    run.record.write(
        scenario_record(
            scenario,
            world.identity,
            started_at=world.opened_at,
            duration=time.time() - world.opened_at,
            evidence=evidence,
            actions=world.evidence.actions(),
            facts={"reporting": run.redactor.value("", marks)} if marks else {},
            rerun=rerun_command(scenario, run.settings),
            trouble=trouble,
            worker=run.worker,
            clean=run.redactor.text,
        )
    )
    if trouble is not None:
        raise without_secrets(trouble, run.redactor.text)


def after_all(context: Any) -> None:
    """Close the run, if it was opened here."""
    run: Run | None = getattr(context.config, "run_scope", None)
    if run is None or not run.opened_by_hooks:
        return  # it did not open, or the runner closes it
    amend(run.record, context._runner.features)  # noqa: SLF001 - behave has no other way in
    closed = run.close(failed=bool(context.failed), aborted=bool(context.aborted))
    captured_as_ever()
    if not closed:
        msg = "The run did not close cleanly; its record says why."
        raise RehearsalError(msg)


def _not_granted(run: Run, context: Any, scenario: Any) -> str:
    """Why the profile does not let this scenario run; steps are looked up only where not everything is granted."""
    if run.permit.granted >= CAPABILITIES.keys():
        return ""
    return run.permit.lacks(needs_of(scenario, context._runner.step_registry))  # noqa: SLF001 - behave has no other way in


def _run_for_another_runner(context: Any) -> Run:
    """Open a run as our runner would: the suite was started with a runner that knows nothing of scopes."""
    config, features = context.config, context._runner.features  # noqa: SLF001 - behave has no other way in
    given = {name: value for name, value in config.userdata.items() if name != "run_scope"}
    settings = Settings([*SETTINGS, *Run.SETTINGS], given)
    check_any_runner(settings)
    identity: RunIdentity = new_run(settings.number("seed"))
    run = Run(identity, settings)
    run.open(plan_of(features, config))
    run.opened_by_hooks = True
    return run


def _with_verdict(step: Callable[..., None]) -> Callable[..., None]:
    """The step, raising red what the product owes and yellow what we or the environment owe."""

    @functools.wraps(step)
    def judged(context: Any, *args: object, **values: object) -> None:
        if (running := context.running_step.step()) is not None:
            setattr(running, STARTED_AT, time.time())
            context.world.step_began(f"{running.keyword} {running.name}")
        __tracebackhide__ = True
        try:
            step(context, *args, **values)
        except Exception as error:  # noqa: BLE001 - it is raised again, in its colour
            world: World = context.world
            _capture(world)
            verdict = without_secrets(
                as_verdict(world.cause_of(_worded(error, context)), world.seen()), world.evidence.clean
            )
            raise verdict.with_traceback(error.__traceback__) from None

    return judged


def _capture(world: World) -> None:
    """Keep what one needs to understand a failure; what prevents that does not hide the failure."""
    try:
        world.capture_failure()
    except Exception as error:  # noqa: BLE001 - the step's own error is raised
        world.evidence.keep(Exhibit("evidence", f"not everything could be kept: {error or type(error).__name__}"))


def _worded(error: Exception, context: Any) -> Exception:
    """The error in our words where behave's own name nothing to do: a column that the table has not."""
    found = re.fullmatch(r'"(.*)" is not a row heading', str(error.args[0])) if isinstance(error, KeyError) else None
    if found is None or context.table is None:
        return error
    there = ", ".join(context.table.headings)
    return ConfigurationError(f"The table has no column {found[1]!r}; it has: {there}. Add the column to the scenario.")


class _RunningStep:
    """The step that runs: the first that has no status yet, looked for from where it was found last.

    What an earlier attempt in this process has made of the steps is forgotten: who asks before the first runs is told
    the first.
    """

    def __init__(self, scenario: Any) -> None:
        self._steps, self._at = list(scenario.all_steps), 0
        for step in self._steps:
            if step.status.name not in {"untested", "skipped"}:
                step.reset()

    def index(self) -> int | None:
        """Its index, or None when all have ended."""
        while self._at < len(self._steps) and self._steps[self._at].status.name != "untested":
            self._at += 1
        return self._at if self._at < len(self._steps) else None

    def step(self) -> Any:
        """The step itself, as behave has it; None when all have ended."""
        index = self.index()
        return None if index is None else self._steps[index]
