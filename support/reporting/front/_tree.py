"""All scenarios, from capability down to rule: the page that a product owner walks through."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

from ...record import VERDICTS
from .._plain_text import lasting, one_line
from ._markup import Html, element, section
from ._places import counted
from ._verdict import CLASSES, stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...record import Run, ScenarioRecord, Verdict
    from ._places import Tree

_LETTERS: Final = 200
_SLOWEST: Final = 10
_WORTH_TELLING: Final = 20
_ALWAYS: Final = ("passed", "failed", "broken")  # a row of zeros tells something; other columns may be left out


def capabilities(tree: Tree) -> Html:
    """A table: a row for each capability."""
    found = {name: _inside(features) for name, features in tree.items()}
    if not found:
        return Html()
    every = counted(chain.from_iterable(found.values()))
    told = [each for each in VERDICTS if each in _ALWAYS or every.get(each)]
    heads = ("Capability", "", *(each.capitalize() for each in told), "Time")
    rows = [_row(name, inside, told, _place_of(number)) for number, (name, inside) in enumerate(found.items(), 1)]
    table = element(
        "table",
        element(
            "thead", element("tr", *(element("th", each, scope="col") if each else element("td") for each in heads))
        ),
        element("tbody", *rows),
    )
    wide = element("div", table, class_="wide counted", tabindex="0", role="region", aria_labelledby="capabilities")
    return section("By capability", wide, name="capabilities")


def scenarios(tree: Tree, places: Mapping[str, str]) -> Html:
    """Everything, folded; `places` are where bad scenarios are told on the page."""
    told = [
        _capability(name, features, places, _place_of(number))
        for number, (name, features) in enumerate(tree.items(), 1)
    ]
    return section("All scenarios", *told, name="scenarios")


def remarkable(run: Run) -> Html:
    """Which scenarios took longest, where there are many."""
    if len(run.outcomes) < _WORTH_TELLING:
        return Html()
    slow = sorted(run.outcomes, key=lambda each: -each.duration)[:_SLOWEST]
    told = element("ol", *(_line(each, {}) for each in slow))
    return section("Worth a look", element("h3", "Slowest"), told, name="remarkable")


def _place_of(number: int) -> str:
    """Where on the page the scenarios of a capability stand."""
    return f"c{number}"


def _inside(features: Mapping[tuple[str, str], dict[str, list[ScenarioRecord]]]) -> list[ScenarioRecord]:
    """The scenarios of a capability."""
    return list(chain.from_iterable(chain.from_iterable(rules.values() for rules in features.values())))


def _row(name: str, found: list[ScenarioRecord], told: Sequence[Verdict], place: str) -> Html:
    counts = counted(found)
    cells = [
        element("td", str(counts.get(each, 0)), class_=CLASSES[each] if counts.get(each) else "zero") for each in told
    ]
    took = element("td", lasting(sum(each.duration for each in found)))
    title = element("th", element("a", name, href=f"#{place}"), scope="row")
    return element("tr", title, element("td", stack(counts), class_="bar"), *cells, took)


def _capability(
    name: str,
    features: Mapping[tuple[str, str], dict[str, list[ScenarioRecord]]],
    places: Mapping[str, str],
    place: str,
) -> Html:
    inside = [_feature(feature, file, rules, places) for (file, feature), rules in features.items()]
    return _folded(name, _inside(features), inside, class_="capability", id=place)


def _feature(name: str, file: str, rules: Mapping[str, list[ScenarioRecord]], places: Mapping[str, str]) -> Html:
    inside = [element("p", element("code", file), class_="place")]
    for rule, found in rules.items():
        if rule:
            inside.append(element("h3", one_line(rule)))
        inside.append(element("ul", *(_line(each, places) for each in found), class_="scenarios"))
    return _folded(one_line(name), list(chain.from_iterable(rules.values())), inside, class_="feature")


def _folded(name: str, found: list[ScenarioRecord], inside: Iterable[Html], **attributes: str) -> Html:
    counts = counted(found)
    told = ", ".join(f"{counts[each]} {each}" for each in VERDICTS if counts.get(each))
    took = lasting(sum(each.duration for each in found))
    title = element("span", name, class_="title")
    return element(
        "details",
        element("summary", title, element("span", f"{told} · {took}", class_="counts"), stack(counts)),
        *inside,
        **attributes,
    )


def _line(scenario: ScenarioRecord, places: Mapping[str, str]) -> Html:
    """One scenario; those that are not green say in words what they are."""
    place = places.get(scenario.scenario_id)
    name = one_line(scenario.name, _LETTERS)
    title = element("a", name, href=f"#{place}") if place else element("span", name)
    told = Html() if scenario.verdict == "passed" else element("b", scenario.verdict)
    took = element("i", lasting(scenario.duration)) if scenario.duration else Html()
    return element("li", title, told, took, class_=CLASSES[scenario.verdict])
