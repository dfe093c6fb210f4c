"""The lines of a record. Times are Unix seconds, durations seconds; files are relative to the run's folder."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ._verdict import Verdict, verdict_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..core import Action, ScenarioPlan

SCHEMA_VERSION: Final = 1
"""Raised when a reader of the old version would be misled; new fields and types of lines do not raise it."""


@dataclass(frozen=True)
class RunStarted:
    """The first line: what was about to run, and with what.

    `versions` are by name (python, behave, rehearsal, the system's own); `settings` are the ones that were set.
    `shard` is the part of a whole that runs here, such as 2/5; parts that belong together have the same `cut`, and
    `elsewhere` is what the others were to run: of a shard that leaves nothing, the others know what has not run.
    """

    run_id: str
    seed: int
    started_at: float
    scenarios: Sequence[ScenarioPlan] = ()
    profile: str = ""
    system: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    platform: str = ""
    argv: Sequence[str] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION
    shard: str = ""
    cut: str = ""
    elsewhere: Mapping[str, Sequence[ScenarioPlan]] = field(default_factory=dict)


@dataclass(frozen=True)
class ScenarioStarted:
    """An attempt at a scenario begins; without a `ScenarioRecord` after it, the run died inside."""

    scenario_id: str
    name: str
    started_at: float
    attempt: int = 1
    feature: str = ""
    rule: str = ""
    feature_file: str = ""
    line: int = 0


@dataclass(frozen=True)
class StepRecord:
    """One step: its words, how it ended and, if badly, the message, the type of the error and where it was raised.

    `table` has the headings as its first row; `doc` is the text below the step; `output` is what was printed and logged
    meanwhile, as far as behave captured it. `started_at` is 0 if the step did not run.
    """

    keyword: str
    text: str
    status: str
    duration: float = 0.0
    line: int = 0
    error: str = ""
    error_type: str = ""
    trace: str = ""
    started_at: float = 0.0
    table: Sequence[Sequence[str]] = ()
    doc: str | None = None
    output: str = ""


@dataclass(frozen=True)
class EvidenceRecord:
    """One exhibit: see `core.Exhibit`. `file` holds its body, if it has one that was kept; `action` is an index."""

    kind: str
    summary: str
    step: int | None = None
    at: float = 0.0
    media_type: str = "text/plain"
    file: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    action: int | None = None


@dataclass(frozen=True)
class FixtureRecord:
    """One hook or clean-up that has ended: setting up (`when` is before) or tearing down (after).

    `scope` is run, feature, rule, scenario, step or tag (the hook of a tag); `of` the stable key of what it belongs to
    (empty for the run's, the scenario's id for a scenario's or a step's). `evidence` and `actions` are what was left
    outside any scenario; what a scenario's own hooks leave is the scenario's, with a time between this one's.
    `worker` says where it ran, if several did.
    """

    name: str
    when: str
    scope: str
    of: str = ""
    attempt: int = 1
    status: str = "passed"
    started_at: float = 0.0
    duration: float = 0.0
    error: str = ""
    error_type: str = ""
    trace: str = ""
    evidence: Sequence[EvidenceRecord] = ()
    actions: Sequence[Action] = ()
    worker: str = ""


@dataclass(frozen=True)
class ScenarioRecord:
    """One attempt at one scenario.

    `status` is behave's word, from which the verdict follows. `row` are the cells of an outline's row. `reason` says in
    one line why the verdict is not `passed`, and `afterwards` is the end of that line that tells what went wrong after
    the first trouble, as while closing. `rerun` is the command that runs this scenario alone. `facts` are what
    later rooms add: JSON under the name of the room. `description` is the prose of feature, rule and scenario;
    `worker` says where it ran, if several did; `output` is what its hooks printed.
    """

    scenario_id: str
    run_id: str
    feature: str
    name: str
    status: str
    attempt: int = 1
    seed: int = 0
    trace_id: str = ""
    feature_file: str = ""
    line: int = 0
    rule: str = ""
    row: Mapping[str, str] = field(default_factory=dict)
    tags: Sequence[str] = ()
    verdict: Verdict = "not run"
    reason: str = ""
    started_at: float = 0.0
    duration: float = 0.0
    steps: Sequence[StepRecord] = ()
    evidence: Sequence[EvidenceRecord] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    rerun: str = ""
    actions: Sequence[Action] = ()
    description: str = ""
    worker: str = ""
    output: str = ""
    afterwards: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "verdict", verdict_of(self.status))


@dataclass(frozen=True)
class Amendment:
    """A scenario ended otherwise than its record says, or it has none.

    A later hook or clean-up failed, a hook skipped it, or it did not start: `reason` says which, unless behave has kept
    no word of the error: then the hook's own line says it (see `amended`). Without an `attempt`, or if that one has no
    record, the last recorded one is meant.
    """

    scenario_id: str
    status: str
    reason: str = ""
    attempt: int = 0


@dataclass(frozen=True)
class RunFinished:
    """The last line; a run that was killed has none. `counts` are of scenarios, by verdict."""

    finished_at: float
    exit_status: int
    duration: float = 0.0
    counts: Mapping[str, int] = field(default_factory=dict)
    aborted: bool = False
    reason: str = ""


Entry: TypeAlias = RunStarted | ScenarioStarted | ScenarioRecord | FixtureRecord | Amendment | RunFinished

TYPES: Final[dict[str, type[Entry]]] = {
    "run_started": RunStarted,
    "scenario_started": ScenarioStarted,
    "scenario": ScenarioRecord,
    "fixture": FixtureRecord,
    "amendment": Amendment,
    "run_finished": RunFinished,
}
"""The value of `type` in a line, and what the line is read into."""
