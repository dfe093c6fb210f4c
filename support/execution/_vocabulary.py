"""The sentences that a suite understands: found, compared and listed without running anything."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import combinations
from typing import TYPE_CHECKING, Any, Self

from behave.runner import the_step_registry
from behave.runner_util import PathManager, collect_feature_locations, exec_file, load_step_modules, parse_features

from ..core import ConfigurationError
from ._catalogue import catalogue_of
from ._definition import Ambiguity, Definition, definition_of
from ._nearness import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from behave.model import Step


class Vocabulary:
    """The step definitions of a suite."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self.definitions = tuple(definitions)

    @classmethod
    def load(cls, steps_dir: Path) -> Self:
        """Read the step files of a folder, after the environment.py beside it, which registers the parameter types."""
        if not steps_dir.is_dir():
            msg = f"There are no steps at {steps_dir}. Name the folder that holds the step definitions."
            raise ConfigurationError(msg)
        environment = steps_dir.parent / "environment.py"
        with _registry_of_its_own() as registry, PathManager([str(steps_dir.parent)]):
            if environment.is_file():
                exec_file(str(environment), {})
            load_step_modules([str(steps_dir)])
            return cls([definition_of(each) for matchers in registry.steps.values() for each in matchers])

    def matches(self, text: str, step_type: str = "") -> list[Definition]:
        """The definitions that match a sentence; with a step type (given, when, then), as behave would ask."""
        asked = {step_type, "step"} if step_type else {"given", "when", "then", "step"}
        return [each for each in self.definitions if each.keyword.lower() in asked and each.matcher.match(text)]

    def nearest(self, text: str) -> list[str]:
        """The sentences most like one that nobody has defined."""
        return nearest(text, (f"{each.keyword} {each.pattern}" for each in self.definitions))

    def ambiguous(self, features: Path) -> list[Ambiguity]:
        """The pairs of definitions that match the same sentence of a feature below a folder."""
        found: dict[tuple[Definition, Definition], list[str]] = {}
        for said, step in _sentences(features).items():
            for pair in combinations(self.matches(step.name, step.step_type), 2):
                found.setdefault(pair, []).append(f"'{said}' ({step.location})")
        return [Ambiguity(one, other, tuple(sentences)) for (one, other), sentences in found.items()]

    def undefined(self, features: Path) -> list[str]:
        """The sentences below a folder that no definition matches, and where each stands."""
        steps = _sentences(features).items()
        return [f"{said} ({step.location})" for said, step in steps if not self.matches(step.name, step.step_type)]

    def unused(self, features: Path) -> list[Definition]:
        """The definitions that no feature below a folder says."""
        used = {each for step in _sentences(features).values() for each in self.matches(step.name, step.step_type)}
        return [each for each in self.definitions if each not in used]

    def catalogue(self) -> str:
        """All sentences as a page of Markdown, grouped by concept."""
        return catalogue_of(self.definitions)


def _sentences(features: Path) -> dict[str, Step]:
    """Each sentence that the features say, with the first step that says it."""
    found: dict[str, Step] = {}
    for feature in parse_features(collect_feature_locations([str(features)])):
        for scenario in feature.walk_scenarios():
            for step in scenario.all_steps:
                found.setdefault(f"{step.step_type.title()} {step.name}", step)
    return found


@contextmanager
def _registry_of_its_own() -> Iterator[Any]:
    """The registry that `from behave import given` fills, empty for a while: what was in it comes back."""
    before = the_step_registry.steps
    the_step_registry.steps = {kind: [] for kind in before}
    try:
        yield the_step_registry
    finally:
        the_step_registry.steps = before
