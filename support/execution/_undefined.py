"""What a step without a definition was perhaps meant to say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ..core import sentence
from ._nearness import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from behave.model import Step
    from behave.step_registry import StepRegistry


def undefined_report(steps: Iterable[Step], registry: StepRegistry) -> str:
    """One line for each sentence that no definition matches, with the nearest that exist; empty if there is none."""
    first = {(step.step_type, step.name): step for step in reversed(list(steps))}
    return "\n".join(_line(step, registry) for step in reversed(first.values()))


def nearest_words(step: Step, registry: StepRegistry) -> str:
    """The defined sentences that are most like a step's, in a sentence of its own; empty if none is near."""
    near = _nearest(_said(step), tuple(_sentence(each) for each in _definitions(registry)))
    return f"Nearest: {' or '.join(repr(each) for each in near)}." if near else ""


def _line(step: Step, registry: StepRegistry) -> str:
    return sentence(f"No step matches '{_said(step)}' ({step.location}).", nearest_words(step, registry))


def _said(step: Step) -> str:
    return f"{step.step_type.title()} {step.name}"


@lru_cache(maxsize=256)
def _nearest(said: str, known: tuple[str, ...]) -> list[str]:
    """As `nearest`; a sentence that many scenarios say is compared with all definitions once."""
    return nearest(said, known)


def _definitions(registry: StepRegistry) -> list[Any]:
    return [definition for definitions in registry.steps.values() for definition in definitions]


def _sentence(definition: Any) -> str:  # noqa: ANN401 - behave's matchers have no types
    return f"{'*' if definition.step_type == 'step' else definition.step_type.title()} {definition.pattern}"
