"""What is promised of tasks that name what they do."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from support.core import Action, ConfigurationError, Evidence, Exhibit, Redactor, action

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager


@dataclass(frozen=True)
class Card:
    """A card that is told by words, never by its number."""

    words: str

    def __str__(self) -> str:
        return self.words


class Stage:
    """As much of a world as tasks need in order to act."""

    def __init__(self) -> None:
        self.evidence = Evidence(Redactor(secrets=["tea-time-7"]))

    def action(self, title: str) -> AbstractContextManager[None]:
        """Name what is done meanwhile, as a world does."""
        return self.evidence.action(title)


class Unspeakable:
    """A thing of which nothing can be told."""

    def __str__(self) -> str:
        raise ValueError


@action("{name} pays with {card}")
def pay(stage: Stage, name: str, card: object = Card("a good card")) -> str:
    """Pay, in two parts."""
    show(stage, number="4242")
    stage.evidence.keep(Exhibit("http.exchange", "POST /orders -> 201, 31 ms"))
    return f"paid by {name} with {type(card).__name__}"


@action("show the card that ends in {number[3]}")
def show(stage: Stage, *, number: str) -> None:
    """Show the card to somebody, or fail where it has no digits."""
    assert number, "no digits"
    stage.evidence.keep(Exhibit("http.exchange", "POST /cards -> 201, 12 ms"))


def test_tasks_within_each_other_are_actions_within_each_other() -> None:
    """Each action has its title in words, what it is a part of, and the evidence that was left in it."""
    stage = Stage()
    assert pay(stage, "Ada") == "paid by Ada with Card"
    told = [(each.title, each.parent, each.status) for each in stage.evidence.actions()]
    assert told == [("Ada pays with a good card", None, "passed"), ("show the card that ends in 2", 0, "passed")]
    assert [(seen.summary, seen.action) for seen in stage.evidence.all()] == [
        ("POST /cards -> 201, 12 ms", 1),
        ("POST /orders -> 201, 31 ms", 0),
    ]


def test_what_goes_wrong_in_a_task_is_told_of_its_action() -> None:
    """A disagreement makes the action a failed one with its message, and goes on its way unchanged."""
    stage = Stage()
    failing: Callable[[Stage], None] = action("look")(_disagree)
    with pytest.raises(AssertionError, match="found nothing"):
        failing(stage)
    assert [(each.status, each.error) for each in stage.evidence.actions()] == [("failed", "found nothing")]


def test_a_title_holds_no_secret() -> None:
    """A secret that an argument brings into a title is redacted as everywhere."""
    stage = Stage()
    pay(stage, "tea-time-7")
    assert stage.evidence.actions()[0].title == "[redacted] pays with a good card"


def test_a_title_that_cannot_be_told_stops_no_task() -> None:
    """An argument without words leaves the title as it is written, and the task does what it does."""
    stage = Stage()
    assert pay(stage, "Ada", Unspeakable()) == "paid by Ada with Unspeakable"
    assert stage.evidence.actions()[0] == _titled("{name} pays with {card}", stage.evidence.actions()[0])


@pytest.mark.parametrize("title", ["{nam} looks", "{} looks", "{0} looks", "{nam.first} looks"])
def test_a_title_can_tell_of_arguments_alone(title: str) -> None:
    """A name that is no argument of the task is an error where the title is written, with what exists."""
    with pytest.raises(ConfigurationError, match=r"of _looks tells of .* no argument of _looks.*'?name"):
        action(title)(_looks)


def test_a_task_stays_what_it_was() -> None:
    """Name, docstring and signature of a task are as they are written."""
    assert (pay.__name__, pay.__doc__) == ("pay", "Pay, in two parts.")
    assert list(inspect.signature(pay).parameters) == ["stage", "name", "card"]


def _looks(stage: Stage, name: str) -> None:
    """Look."""


def _disagree(_stage: Stage) -> None:
    msg = "found nothing"
    raise AssertionError(msg)


def _titled(title: str, as_it_was: Action) -> Action:
    return Action(title, started_at=as_it_was.started_at, duration=as_it_was.duration)
