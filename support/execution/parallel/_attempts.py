"""Several attempts at one scenario: which of them counts, and what is told of the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from behave.model_type import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from behave.model import Scenario

    from ._channel import Message
    from ._plan import Item


_BAD: Final = frozenset(each.name for each in Status if each.has_failed())


@dataclass(frozen=True)
class Unsteady:
    """A scenario that has not ended the same way each time; `bad` are the numbers of the attempts that went badly."""

    scenario: Scenario
    attempts: int
    bad: Sequence[int]
    flaky: bool
    why: str

    def __str__(self) -> str:
        """One line, as it is told at the end of the run."""
        which = ", ".join(map(str, self.bad))
        why = f": {self.why}" if self.why else ""
        if self.flaky:
            many = "s" * (len(self.bad) > 1)
            return (
                f"Flaky: {self.scenario.location} passed in attempt {self.attempts}, not in attempt{many} {which}{why}"
            )
        return f"{self.scenario.location} went badly in {len(self.bad)} of {self.attempts} attempts ({which}){why}"


def has_failed(message: Message) -> bool:
    """Whether an attempt went badly; one whose step did has, even if a hook calls the scenario passed since."""
    state = message["state"]
    return state["status"] in _BAD or bool(state.get("hook_failed")) or message.get("failed", False)


def counting(attempts: Sequence[Message], *, excused: bool) -> Message:
    """The attempt that a scenario is told by: see `record.judged`, which says the same of records.

    `excused`: one that passes at last makes good what went before.
    """
    last = attempts[-1]
    bad = [each for each in attempts if has_failed(each)]
    if not bad:
        return last
    if excused and not has_failed(last) and last["state"]["status"] == Status.passed.name:
        return last | {"flaky": True}
    return ([each for each in bad if each["state"]["status"] == Status.failed.name] or bad)[-1]


def unsteady(
    items: Sequence[Item], attempts: Mapping[int, Sequence[Message]], outcomes: Mapping[int, Message]
) -> list[Unsteady]:
    """The scenarios that both passed and did not."""
    return [
        _unsteady(item, found, outcome)
        for item in items
        if (outcome := outcomes.get(item.number)) is not None and _differ(found := attempts[item.number])
    ]


def _differ(attempts: Sequence[Message]) -> bool:
    return len(attempts) > 1 and len({has_failed(each) for each in attempts}) > 1


def _unsteady(item: Item, attempts: Sequence[Message], outcome: Message) -> Unsteady:
    bad = [each for each in attempts if has_failed(each)]
    numbers = [each["attempt"] for each in bad]
    return Unsteady(item.scenario, len(attempts), numbers, bool(outcome.get("flaky")), _why(item.scenario, bad[0]))


def _why(scenario: Scenario, attempt: Message) -> str:
    """The first line of what went wrong in an attempt, with the step in which it did."""
    steps = list(scenario.all_steps)
    for entry in attempt["tape"]:
        if entry[0] == "result" and len(entry) > 3 and Status[entry[3]["status"]].has_failed():  # noqa: PLR2004 - a state
            said = [f"{step.keyword} {step.name}" for step in steps[entry[1] :][:1]]  # none if it had more steps then
            return ": ".join([*said, _first_line(entry[3])])
    return _first_line(attempt["state"])


def _first_line(state: Mapping[str, Any]) -> str:
    said = (state.get("error") or {}).get("text") or state.get("message") or state["status"]
    return str(said).strip().partition("\n")[0]
