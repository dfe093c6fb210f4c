"""The words of a scenario, which hooks and steps may change where it runs: its name, and its steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from behave.model import Step, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

Words = dict[str, Any]


def words_before(scenario: Any) -> tuple[str, ...]:  # noqa: ANN401 - behave has no types
    """The name of a scenario and those of its steps, before it runs: the background's have not become its own yet."""
    background = scenario.background if scenario.use_background else None
    return (scenario.name, *_names(background.all_steps if background else ()), *_names(scenario.steps))


def new_words(scenario: Any, before: tuple[str, ...]) -> Words:  # noqa: ANN401 - behave has no types
    """What is to be told of a scenario's words if they are others than before; empty if they are the same."""
    steps = list(scenario.all_steps)
    if before == (scenario.name, *_names(steps)):
        return {}
    return {"words": {"name": scenario.name, "steps": [_told(step) for step in steps]}}


def take_words(scenario: Any, steps: Sequence[list[Any]]) -> None:  # noqa: ANN401 - behave has no types
    """Let a scenario have the steps that were told of its like."""
    known, background = list(scenario.all_steps), len(scenario.background_steps)
    own = [_as_told(told, known[index : index + 1]) for index, told in enumerate(steps)]
    scenario.steps = own[background:]


def _names(steps: Any) -> list[str]:  # noqa: ANN401 - behave has no types
    return [step.name for step in steps]


def _told(step: Any) -> list[Any]:  # noqa: ANN401 - behave has no types
    table = None if step.table is None else [step.table.headings, *(row.cells for row in step.table.rows)]
    return [str(step.filename), step.line, step.keyword, step.step_type, step.name, step.text, table]


def _as_told(told: list[Any], known: list[Any]) -> Step:
    """A step with these words: the known one, or a new one where hooks have added some."""
    *place, text, rows = told
    new = Step(*place, text if text is None else Text(text), rows if rows is None else Table(rows[0], rows[1:]))
    for step in known:
        step.keyword, step.step_type, step.name, step.text, step.table = (
            new.keyword, new.step_type, new.name, new.text, new.table,
        )  # fmt: skip
    return (known or [new])[0]
