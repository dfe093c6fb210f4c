"""Looking for something inside a result: in its steps, their sub-steps, and the fixtures around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from allure_commons_test.report import AllureReport

    from .running import Outcome

Item = dict[str, Any]


def the_result(outcome: Outcome, name: str) -> Item:
    """The only result of a name."""
    found = [each for each in outcome.results if each["name"] == name]
    assert len(found) == 1, (name, [each["name"] for each in outcome.results], outcome.process.stderr)
    return found[0]


def the_step(item: Item, name: str) -> Item:
    """The only step of a name, at any depth below an item."""
    found = [each for each in walk(item) if each["name"] == name and each is not item]
    assert len(found) == 1, (name, [each["name"] for each in walk(item)])
    return found[0]


def walk(item: Item) -> Iterator[Item]:
    """An item and all steps below it."""
    yield item
    for step in item.get("steps") or ():
        yield from walk(step)


def fixtures(report: AllureReport, result: Item, side: str) -> Sequence[Item]:
    """What was set up (`befores`) or torn down (`afters`) around a result."""
    around = [each for each in report.test_containers if result["uuid"] in each.get("children", ())]
    return [fixture for each in around for fixture in each.get(side) or ()]


def attached(report: AllureReport, item: Item) -> Mapping[str, str]:
    """The texts of the attachments of an item and of all steps below it, by name; those of one name together."""
    found: dict[str, str] = {}
    for attachment in [attachment for each in walk(item) for attachment in each.get("attachments") or ()]:
        found[attachment["name"]] = found.get(attachment["name"], "") + report.attachments[attachment["source"]]
    return found


def labels(result: Item, name: str) -> Sequence[str]:
    """The values of a result's labels of one name, sorted."""
    return sorted(each["value"] for each in result["labels"] if each["name"] == name)


def links(result: Item) -> Sequence[tuple[str, str, str]]:
    """Type, URL and name of a result's links."""
    return [(each["type"], each["url"], each["name"]) for each in result.get("links") or ()]
