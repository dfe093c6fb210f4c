"""Hears everything that a suite says through allure, and sees its hooks and clean-ups."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, Self

from allure_commons import plugin_manager
from behave.model import ScenarioOutline

from ...core import Evidence
from ...execution import message_of, title_of, trace_of
from ...record import FixtureRecord, summaries
from ._marks import Marks, merged, say
from ._plugin import Plugin
from ._watch import Occasion, innermost, key_of, leave, observe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ...core import Exhibit, Redactor
    from ...record import EvidenceRecord

    Keep = Callable[[Sequence[Exhibit], str], Sequence[EvidenceRecord]]

_OPENING: Final = Occasion("opening the run", "before", "run", "")
_ONLY_IF_TOLD: Final = frozenset({"step", "tag"})


def only_summaries(exhibits: Sequence[Exhibit], _into: str) -> Sequence[EvidenceRecord]:
    """Keep of exhibits what they say in one line."""
    return summaries(exhibits)


class Collector:
    """Takes what is said to the scenario that was entered or, outside of one, to the hook that runs.

    Every hook, fixture and clean-up that has ended goes to `sink`; hooks of steps and tags only if they failed or left
    something. `keep` puts on disk what was left outside scenarios, under the given name. `worker` is where this runs,
    if several do.
    """

    def __init__(self, sink: Callable[[FixtureRecord], None], redactor: Redactor, keep: Keep = only_summaries) -> None:
        self._sink, self._redactor, self._keep = sink, redactor, keep
        self._plugin = Plugin(self)
        self.runner: Any = None
        self.worker = ""
        self._inside: list[tuple[Occasion, Evidence]] = []
        self._scenario: tuple[str, Evidence] | None = None
        self._attempts: dict[str, int] = {}
        self._marks: dict[str, Marks] = {}
        self._kept = 0
        self._listens = True

    def install(self) -> Self:
        """Listen from now on."""
        self._listens = True
        observe(self)
        plugin_manager.register(self._plugin)
        return self

    def remove(self) -> None:
        """Listen no more, nor tell how what runs now ends; a second time does nothing."""
        self._listens = False
        leave(self)
        if plugin_manager.is_registered(self._plugin):
            plugin_manager.unregister(self._plugin)

    def enter(self, scenario_id: str, attempt: int, evidence: Evidence) -> None:
        """An attempt at a scenario begins: what is said from now on is its."""
        self._scenario = (scenario_id, evidence)
        self._attempts[scenario_id] = attempt
        if self.runner is not None:  # or behave takes what the first steps print for what others have printed
            self.runner.capture_controller.update_delta_bookmark()

    def leave(self) -> Marks:
        """The attempt ends; what it and all around it have said of it, as `facts["reporting"]` of its record."""
        if self._scenario is None:
            return {}
        name, _ = self._scenario
        self._scenario = None
        context = getattr(self.runner, "context", None)
        around = [key_of(getattr(context, scope, None)) for scope in ("feature", "rule")]
        own = self._marks.pop(name, {})
        return merged(
            [*(self._marks.get(key, {}) for key in dict.fromkeys(("", *around))), outline_of(innermost(context)), own]
        )

    def saw(self, runner: Any) -> None:  # noqa: ANN401 - behave has no types
        """Remember whose hooks run."""
        self.runner = runner

    def scenario_ended(self, runner: Any) -> None:  # noqa: ANN401 - behave has no types
        """Nothing to do: whoever records scenarios knows when they end."""

    @contextmanager
    def around(self, occasion: Occasion) -> Iterator[None]:
        """Make a record of a hook, fixture or clean-up."""
        __tracebackhide__ = True
        own = Evidence(self._redactor)
        left, started_at, error = self._left(), time.time(), None
        self._inside.append((occasion, own))
        try:
            yield
        except BaseException as raised:
            error = raised
            raise
        finally:
            self._inside.pop()
            told = error is not None or self._left() > left or len(own) or own.actions()
            if told or occasion.scope not in _ONLY_IF_TOLD:
                self._tell(lambda: self._record(occasion, own, started_at, error))

    @contextmanager
    def around_sub_step(self, step: Any) -> Iterator[None]:  # noqa: ANN401 - behave has no types
        """Make an action of a step that another one executes; behave keeps what goes wrong in it to itself."""
        evidence = self.evidence()
        index = len(evidence.actions())
        with evidence.action(f"{step.keyword} {step.name}"):
            yield
        action = evidence.actions()[index]
        if step.status.has_failed():
            action.status = "failed" if step.status.name == "failed" else "broken"
            action.error = self._redactor.text(message_of(step.exception) if step.exception else step.status.name)

    def evidence(self) -> Evidence:
        """The evidence of what runs now."""
        if self._scenario is not None:
            return self._scenario[1]
        return self._inside[-1][1] if self._inside else _Loose(self._redactor, self.keep_for_run)

    def mark(self, name: str, value: object) -> None:
        """What the running scenario, or the feature, rule or run whose hook runs, says of itself."""
        key = self._scenario[0] if self._scenario else self._inside[0][0].of if self._inside else ""
        say(self._marks.setdefault(key, {}), name, self._redactor.value(name, value))

    def keep_for_run(self, exhibit: Exhibit) -> None:
        """Keep something that concerns the run as a whole."""
        own = Evidence(self._redactor)
        own.keep(exhibit)
        occasion = Occasion(exhibit.summary, "after", "global", "")
        self._tell(lambda: self._record(occasion, own, time.time(), None))

    def did_not_open(self, error: BaseException) -> None:
        """Tell that the run could not be opened: what was to set up all scenarios has failed."""
        self._tell(lambda: self._record(_OPENING, Evidence(self._redactor), time.time(), error))

    def error_of_run(self, message: str, trace: str) -> None:
        """Tell an error that concerns the run as a whole."""
        clean = self._redactor.text
        self._tell(
            lambda: FixtureRecord(
                name="error",
                when="after",
                scope="global",
                status="broken",
                started_at=time.time(),
                error=clean(message),
                trace=clean(trace),
                worker=self.worker,
            )
        )

    def _left(self) -> int:
        evidence = self._scenario and self._scenario[1]
        return len(evidence) + len(evidence.actions()) if evidence else 0

    def _tell(self, record: Callable[[], FixtureRecord]) -> None:
        if self._listens:  # a hook may have closed the run in which it runs: nothing goes to its disk any more
            self._sink(record())

    def _record(
        self, occasion: Occasion, own: Evidence, started_at: float, error: BaseException | None
    ) -> FixtureRecord:
        clean = self._redactor.text
        verdict = "failed" if isinstance(error, AssertionError) else "broken"
        return FixtureRecord(
            name=clean(occasion.name),
            when=occasion.when,
            scope=occasion.scope,
            of=occasion.of,
            attempt=self._attempts.get(occasion.of, 1),
            status=verdict if error else "passed",
            started_at=started_at,
            duration=time.time() - started_at,
            error=clean(message_of(error)) if error else "",
            error_type=type(error).__name__ if error else "",
            trace=clean(trace_of(error.__traceback__)) if error else "",
            evidence=self._put(own),
            actions=own.actions(),
            worker=self.worker,
        )

    def _put(self, own: Evidence) -> Sequence[EvidenceRecord]:
        if not len(own):
            return ()
        self._kept += 1
        where = f"-{self.worker.replace(' ', '-')}" if self.worker else ""  # each counts for itself
        return self._keep(own.all(), f"outside{where}-{self._kept}")


class _Loose(Evidence):
    """What is said where nothing runs: it is the run's."""

    def __init__(self, redactor: Redactor, keep: Callable[[Exhibit], None]) -> None:
        super().__init__(redactor)
        self._keep_for_run = keep

    def keep(self, exhibit: Exhibit) -> None:
        self._keep_for_run(exhibit)


def outline_of(scenario: Any) -> Marks:  # noqa: ANN401 - behave has no types
    """The name of a row's outline where the row's own differs: placeholders are filled in there."""
    outline = getattr(scenario, "parent", None)
    if isinstance(outline, ScenarioOutline) and outline.name != title_of(scenario):
        return {"outline": outline.name}
    return {}
