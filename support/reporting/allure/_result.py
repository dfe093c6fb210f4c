"""One attempt at one scenario, as Allure's test result."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from .._problems import problem_of
from ._details import scenario_details, status_of, step_details
from ._fixtures import fixture_item, troubles_of
from ._ids import digest, uuid_of
from ._labels import labels_of, links_of, title_path
from ._marks import MARKS
from ._output import printed, printed_around
from ._tree import Tree, item

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...record import FixtureRecord, ScenarioRecord, StepRecord
    from ._attachments import Attachments
    from ._options import Options

_ID: Final = "id:"


@dataclass(frozen=True)
class Teller:
    """Makes results: `profile` is the run's, a parameter of every scenario that history passes over."""

    run_id: str
    attachments: Attachments
    options: Options
    profile: str = ""
    _begun: dict[tuple[str, int], int] = field(default_factory=dict)

    def result(
        self,
        record: ScenarioRecord,
        fixtures: Sequence[FixtureRecord] = (),
        around: Sequence[FixtureRecord] = (),
        *,
        flaky: bool = False,
    ) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
        """The result of an attempt; and its hooks and clean-ups (before or after, and the item), in their order.

        `around` are those of its feature, rule and run: one of them may be to blame. `flaky`: it has passed after an
        attempt that had not.
        """
        marks: Mapping[str, Any] = record.facts.get(MARKS) or {}
        troubles = troubles_of(record, fixtures, around)
        problem = problem_of(record, troubles)
        result = item(name_of(record), status_of(record.status), record.started_at, record.duration)
        result |= identity_of(record) | _prose(record, marks)
        result["titlePath"] = title_path(record)
        result["labels"] = labels_of(record, marks, problem)
        tree = Tree(self.attachments, record.actions, record.evidence)
        inner_first = sorted(fixtures, key=lambda each: each.started_at, reverse=True)
        hung = [(each.when, self._fixture(each, tree)) for each in inner_first][::-1]
        told = {
            "uuid": uuid_for(self.run_id, record),
            "links": links_of(record, marks, self.options),
            "parameters": self._parameters(record, marks),
            "statusDetails": scenario_details(record, troubles, problem, flaky=flaky),
            "steps": self._steps(record, tree),
        }
        result |= {name: value for name, value in told.items() if value}
        self._begin_after_earlier(result, record)
        tree.hang(result, lambda _step, _at: True)
        self._output(result, printed_around(record))
        return result, hung

    def draft(self, record: ScenarioRecord) -> dict[str, Any]:
        """The result of an attempt that goes on, with what its readers need should it never end."""
        result = item(name_of(record), status_of(record.status), record.started_at, record.duration)
        problem = problem_of(record)
        result |= identity_of(record)
        result |= {
            "uuid": uuid_for(self.run_id, record),
            "titlePath": title_path(record),
            "labels": labels_of(record, {}, problem),
            "statusDetails": scenario_details(record, (), problem, flaky=False),
        }
        return result

    def _begin_after_earlier(self, result: dict[str, Any], record: ScenarioRecord) -> None:
        """Of attempts that share a history, the one that began last is shown: two of one millisecond are told apart."""
        before = self._begun.get((record.scenario_id, record.attempt - 1), -1)
        result["start"] = max(result["start"], before + 1)
        result["stop"] = max(result["stop"], result["start"])
        self._begun[record.scenario_id, record.attempt] = result["start"]

    def _parameters(self, record: ScenarioRecord, marks: Mapping[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [{"name": name, "value": value} for name, value in record.row.items()]
        if self.profile:
            found.append({"name": "profile", "value": self.profile, "excluded": True})
        return [*found, *({name: each for name, each in one.items() if each} for one in marks.get("parameters", ()))]

    def _steps(self, record: ScenarioRecord, tree: Tree) -> list[dict[str, Any]]:
        found, clock = [], record.started_at
        for index, step in enumerate(record.steps):
            started = step.started_at or clock
            told = self._step(step, started)
            tree.hang(told, partial(_in_step, index))
            self._output(told, printed(step))
            found.append(told)
            clock = max(clock, started + step.duration)
        return found

    def _step(self, step: StepRecord, started_at: float) -> dict[str, Any]:
        told = item(f"{step.keyword} {step.text}", status_of(step.status), started_at, step.duration)
        if found := step_details(step):
            told["statusDetails"] = found
        if step.doc is not None:
            told["attachments"] = [self.attachments.text("Text", step.doc)]
        if step.table:
            told.setdefault("attachments", []).append(self.attachments.table("Table", step.table))
        return told

    def _fixture(self, fixture: FixtureRecord, tree: Tree) -> dict[str, Any]:
        told = fixture_item(self.attachments, fixture)
        until = fixture.started_at + fixture.duration
        tree.hang(told, lambda step, at: step is None and fixture.started_at <= at <= until)
        return told

    def _output(self, onto: dict[str, Any], output: str) -> None:
        if output:
            onto.setdefault("attachments", []).append(self.attachments.text("Output", output))


def _in_step(index: int, step: int | None, _at: float) -> bool:
    return step == index


def name_of(record: ScenarioRecord) -> str:
    """The title of a scenario: what it has said of itself, or its name without the number of the row."""
    marks: Mapping[str, Any] = record.facts.get(MARKS) or {}
    return str(marks.get("title") or record.name or "Scenario")


def uuid_for(run_id: str, record: ScenarioRecord) -> str:
    """The id of the result of an attempt."""
    return uuid_of(run_id, record.scenario_id, str(record.attempt))


def identity_of(record: ScenarioRecord) -> dict[str, str]:
    """By which names history knows a scenario: the same in other places, orders and rows, and if @id: says so in files.

    What carries one name in one run is told apart by number, or one would pass for a retry of the other.
    """
    marks: Mapping[str, Any] = record.facts.get(MARKS) or {}
    name = str(marks.get("outline") or record.name)
    place = " > ".join(filter(None, (record.rule, name)))
    full = f"{record.feature_file}: {place}" + (f" ({marks['occurrence']})" if marks.get("occurrence") else "")
    given = next((tag for tag in record.tags if tag.startswith(_ID)), "")
    known = given if given and record.scenario_id.startswith(given.removeprefix(_ID)) else full
    return {"fullName": full, "testCaseId": digest(known), "historyId": digest(record.scenario_id)}


def _prose(record: ScenarioRecord, marks: Mapping[str, Any]) -> dict[str, str]:
    told = {
        "description": str(marks.get("description") or record.description),
        "descriptionHtml": str(marks.get("description_html") or ""),
    }
    return {name: text for name, text in told.items() if text}
