"""What is known of the scenarios of one feature, until its end: then, and only then, is all of it certain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from ...execution import amend, scenario_id
from ...record import Amendment, ScenarioRecord, amended

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from behave.configuration import Configuration
    from behave.model import Feature, Scenario

    from ...record import Entry, FixtureRecord, RecordWriter


@dataclass(frozen=True)
class Told:
    """An attempt that has ended, and its hooks and clean-ups."""

    record: ScenarioRecord
    fixtures: Sequence[FixtureRecord] = ()
    flaky: bool = False


class Book:
    """The scenarios of a feature; `tell` is called with each that is to be told, once more if it turns out otherwise.

    It stands in for the writer of a record, where `execution.amend` says what became of scenarios later.
    """

    def __init__(
        self, feature: Feature, config: Configuration, clean: Callable[[str], str], tell: Callable[[Told], None]
    ) -> None:
        self.feature, self.clean, self._tell = feature, clean, tell
        self.written = {scenario_id(each): "" for each in feature.walk_scenarios() if each.should_run(config)}
        self._told: dict[str, Told] = {}
        self._unrecorded: dict[str, Amendment] = {}

    def add(self, told: Told) -> None:
        """An attempt has ended."""
        self._told[told.record.scenario_id] = told
        if told.record.verdict != "skipped" or told.record.scenario_id in self.written:
            self.written[told.record.scenario_id] = told.record.status
        self._tell(told)

    def write(self, entry: Entry) -> None:
        """A scenario has ended otherwise than was told, or was not told of."""
        if not isinstance(entry, Amendment):
            return
        self.written[entry.scenario_id] = entry.status
        if (told := self._told.get(entry.scenario_id)) is None:
            self._unrecorded[entry.scenario_id] = entry
        else:
            self.add(replace(told, record=amended(told.record, entry, told.fixtures)))

    def attempts(self, name: str) -> int:
        """How many attempts at a scenario have ended."""
        return self._told[name].record.attempt if name in self._told else 0

    def close(self, record_of: Callable[[Scenario], ScenarioRecord]) -> list[ScenarioRecord]:
        """The feature has ended: tell what changed, and return the records of what was never told of."""
        amend(cast("RecordWriter", self), [self.feature])
        left = [each for each in self.feature.walk_scenarios() if scenario_id(each) not in self._told]
        found = []
        for record in map(record_of, left):
            later = self._unrecorded.get(record.scenario_id)
            found.append(amended(record, later) if later else record)
        return found

    def before(self, name: str) -> bool:
        """Whether an earlier attempt at a scenario went wrong."""
        told = self._told.get(name)
        return told is not None and (told.flaky or told.record.verdict in {"failed", "broken"})
