"""What runs, and in which order: what is selected, of that what is to run here, the urgent first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._durations import given_durations, unknown_in
from ._identity import check_unique, scenario_id, selected_of, stamp
from ._order import arrange
from ._selection import check_tags, nothing_selected
from ._shards import take_shard
from ._smoke import smoke_of
from ._tell import tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from behave.configuration import Configuration
    from behave.model import Feature, Scenario

    from ._options import Options
    from ._shards import Part


@dataclass(frozen=True)
class Choice:
    """The scenarios that run, in their order; `smoke` are those of them that run first, alone if they fail.

    `part` is what they are of the whole (None: all of it), `given` are the seconds by id that were given for this run.
    """

    scenarios: list[Scenario]
    smoke: list[Scenario]
    part: Part | None
    given: Mapping[str, float]


def choose(features: list[Feature], config: Configuration, options: Options, base_dir: str) -> Choice:
    """Deselect in the features what is not to run, and put the rest in order; ConfigurationError if that cannot be."""
    stamp(features, base_dir)
    if options.only_failed:
        from ._last_run import leave_failed

        leave_failed([each for feature in features for each in feature.walk_scenarios()], options)
    selected = selected_of(features, config)
    _check(features, selected, config, options)
    given = given_durations(options.durations, base_dir)
    tell(unknown_in(given, [scenario_id(each) for each in selected], options.durations))
    part = None
    if options.shard is not None:
        part = take_shard(options.shard, features, selected, given, by_feature=options.policy.by_feature)
        tell(str(part))
    _arrange(features, config, options)
    scenarios = selected_of(features, config)
    return Choice(scenarios, smoke_of(scenarios) if options.smoke_first else [], part, given)


def _check(features: list[Feature], selected: list[Scenario], config: Configuration, options: Options) -> None:
    """A word that is wrong is told before anything starts."""
    if options.scope is not None:
        from ._needs import check_needs
        from .parallel._plan import bonds_of

        for scenario in selected:
            bonds_of(scenario)  # with one job, too: what its tags say would be refused with two
        check_tags(features, config)
        check_unique(selected)
        check_needs(selected)
    for scenario in selected:
        options.policy.limits.of(scenario)
    if not selected and not options.allow_empty:
        raise nothing_selected(features, config)


def _arrange(features: list[Feature], config: Configuration, options: Options) -> None:
    seed = options.identity.seed if options.random_order else None
    tell("" if seed is None else f"Random order with -D seed={seed}.")
    arrange(features, first=smoke_of(selected_of(features, config)) if options.smoke_first else (), seed=seed)
