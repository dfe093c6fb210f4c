"""What a step without a definition was perhaps meant to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._nearness import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from behave.model import Step
    from behave.step_registry import StepRegistry


def undefined_report(steps: Iterable[Step], registry: StepRegistry) -> str:
    """One line for each sentence that no definition matches, with the nearest that exist; empty if there is none."""
    first = {(step.step_type, step.name): step for step in reversed(list(steps))}
    return "\n".join(_line(step, registry) for step in reversed(first.values()))


def _line(step: Step, registry: StepRegistry) -> str:
    said = f"{step.step_type.title()} {step.name}"
    told = f"No step matches '{said}' ({step.location})."
    near = nearest(said, (_sentence(each) for each in _definitions(registry)))
    return f"{told} Nearest: {' or '.join(repr(each) for each in near)}." if near else told


def _definitions(registry: StepRegistry) -> list[Any]:
    return [definition for definitions in registry.steps.values() for definition in definitions]


def _sentence(definition: Any) -> str:  # noqa: ANN401 - behave's matchers have no types
    return f"{'*' if definition.step_type == 'step' else definition.step_type.title()} {definition.pattern}"
