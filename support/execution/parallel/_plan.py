"""The scenarios of a parallel run as they are handed out: which belong together, which keep each other away."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from behave.model import Rule

from ...core import ConfigurationError
from .._cut import together
from .._identity import scenario_id, tags_of
from ._words import words_before

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from behave.model import Scenario

EXCLUSIVE: Final = "exclusive"
UNKNOWN: Final = float("inf")
"""What nobody knows may be the longest of all."""
_NONE: Final[frozenset[str]] = frozenset()
_LOCK, _SHARED, _GROUP = "lock:", "shared:", "group:"


@dataclass(frozen=True, eq=False)
class Item:
    """One scenario: its number in messages, and the containers around it, the feature first.

    `seconds` is how long it took in an earlier run (None: nobody knows), `writes` and `reads` are its locks, `words`
    its name and those of its steps as they were read. If it is `empty`, there is no scenario: only the hooks of what is
    around it are to run.
    """

    number: int
    name: str
    scenario: Scenario
    path: tuple[Any, ...]
    seconds: float | None = None
    writes: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    exclusive: bool = False
    group: str = ""
    words: tuple[str, ...] = ()
    empty: bool = False


@dataclass(eq=False)
class Unit:
    """Items that one worker runs one after the other; most units have one. `seconds` is how long they will take.

    `repeated` are those that have ended and are to run once more, when all of the unit have ended. One that is another
    attempt at what failed runs `alone`, after all others.
    """

    items: list[Item]
    attempt: int = 1
    alone: bool = False
    repeated: list[Item] = field(default_factory=list)
    writes: frozenset[str] = field(init=False)
    reads: frozenset[str] = field(init=False)
    exclusive: bool = field(init=False)
    seconds: float = field(init=False)

    def __post_init__(self) -> None:
        self.writes = frozenset().union(*(each.writes for each in self.items)) or _NONE
        self.reads = frozenset().union(*(each.reads for each in self.items)) - self.writes or _NONE
        self.exclusive = any(each.exclusive for each in self.items)
        self.seconds = sum(UNKNOWN if each.seconds is None else each.seconds for each in self.items)

    @property
    def feature(self) -> Any:  # noqa: ANN401 - behave's model has no types
        """The feature in which it begins."""
        return self.items[0].path[0]

    @property
    def bars_some(self) -> bool:
        """Whether there may be another that may not run at the same time."""
        return bool(self.exclusive or self.writes or self.reads)

    def bars(self, other: Unit) -> bool:
        """Whether this one and the other may not run at the same time."""
        if self.exclusive or other.exclusive:
            return True
        return bool(self.writes & (other.writes | other.reads) or self.reads & other.writes)

    def leave_out(self, wanted: Callable[[Item], bool]) -> list[Item]:
        """Take out what is not to run, or not once more; it is returned."""
        gone = [each for each in (*self.items, *self.repeated) if wanted(each)]
        self.items, self.repeated = ([each for each in own if each not in gone] for own in (self.items, self.repeated))
        return gone

    def again(self) -> Unit:
        """What follows this unit when all of it have ended."""
        return Unit(self.repeated, self.attempt + 1)


def items_of(scenarios: Sequence[Scenario], known: Mapping[str, float]) -> list[Item]:
    """The items of scenarios, in that order."""
    return [_item(number, scenario, known.get(scenario_id(scenario))) for number, scenario in enumerate(scenarios)]


def empty_ones(features: Iterable[Any], items: Sequence[Item], config: Any) -> list[Item]:  # noqa: ANN401 - behave's
    """Items for the features and rules whose hooks behave runs though nothing in them was selected."""
    filled = {id(container) for item in items for container in item.path}
    paths = [path for feature in features for path in _paths(feature, filled, config)]
    return [
        Item(number, "", SimpleNamespace(should_skip=False), path, seconds=0.0, empty=True)
        for number, path in enumerate(paths, len(items))
    ]


def _paths(feature: Any, filled: Collection[int], config: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - behave's
    if not feature.should_run(config):
        return
    rules = [each for each in feature.run_items if isinstance(each, Rule) and each.should_run(config)]
    yield from ((feature, each) for each in rules if id(each) not in filled)
    if not rules and id(feature) not in filled:
        yield (feature,)


def units_of(items: Iterable[Item], *, by_feature: bool = False) -> list[Unit]:
    """Items that carry the same @group become one unit; if `by_feature`, those of the same feature, too."""
    by_name = {f"{item.number:09}": item for item in items}
    bonds = {name: [*_bonds(item, by_feature=by_feature)] for name, item in by_name.items()}
    return [Unit([by_name[name] for name in names]) for names in together(bonds)]


def _bonds(item: Item, *, by_feature: bool) -> Iterator[str]:
    if item.group:
        yield _GROUP + item.group
    if by_feature:
        yield f"feature:{id(item.path[0])}"


def bonds_of(scenario: Scenario) -> dict[str, Any]:
    """What its tags say of its locks and its group, as fields of an item; ConfigurationError if that cannot be."""
    tags = tags_of(scenario)
    groups = sorted(_named(scenario, tags, _GROUP))
    if len(groups) > 1:
        msg = f"{scenario.location} is in {len(groups)} groups ({', '.join(groups)}). Leave it one @{_GROUP}NAME."
        raise ConfigurationError(msg)
    return {
        "writes": _named(scenario, tags, _LOCK),
        "reads": _named(scenario, tags, _SHARED),
        "exclusive": EXCLUSIVE in tags,
        "group": groups[0] if groups else "",
    }


def _item(number: int, scenario: Scenario, seconds: float | None) -> Item:
    return Item(
        number=number,
        name=scenario_id(scenario),
        scenario=scenario,
        path=_path(scenario),
        seconds=seconds,
        words=words_before(scenario),
        **bonds_of(scenario),
    )


def _named(scenario: Scenario, tags: Collection[str], prefix: str) -> frozenset[str]:
    """What stands behind a prefix in a scenario's tags."""
    found = {tag.removeprefix(prefix) for tag in tags if tag.startswith(prefix)}
    if "" in found:
        msg = f"@{prefix} at {scenario.location} names nothing. Write @{prefix}NAME."
        raise ConfigurationError(msg)
    return frozenset(found) if found else _NONE


def _path(scenario: Scenario) -> tuple[Any, ...]:
    around, item = [], scenario.parent
    while item is not None:
        if isinstance(item, Rule) or item.type == "feature":
            around.append(item)
        item = item.parent
    return tuple(reversed(around))
