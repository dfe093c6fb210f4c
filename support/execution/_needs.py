"""What a scenario needs to be allowed: said by tags (`@needs:disturb`), or by the steps of its sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..core import CAPABILITIES, NEEDS_TAG, ConfigurationError, did_you_mean, needed_by, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from behave.model import Scenario


def needs_of(scenario: Scenario, registry: Any) -> frozenset[str]:  # noqa: ANN401 - behave's step registry
    """All that the scenario needs; `registry` holds the steps."""
    tags = {str(tag) for tag in scenario.effective_tags}
    found = {tag.removeprefix(NEEDS_TAG) for tag in tags if tag.startswith(NEEDS_TAG)}
    for step in scenario.all_steps:
        if definition := registry.find_step_definition(step):
            found |= needed_by(definition.func)
    return frozenset(found)


def check_needs(scenarios: Iterable[Scenario]) -> None:
    """ConfigurationError for each tag that needs what nothing is called: it would never be skipped."""
    asked = {str(tag): scenario for scenario in scenarios for tag in scenario.effective_tags}
    faults = [
        sentence(f"{scenario.location}: @{tag} needs what there is not.", did_you_mean(word, CAPABILITIES))
        for tag, scenario in sorted(asked.items())
        if tag.startswith(NEEDS_TAG) and (word := tag.removeprefix(NEEDS_TAG)) not in CAPABILITIES
    ]
    if faults:
        raise ConfigurationError("\n".join(faults))
