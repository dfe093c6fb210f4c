"""Naming what a task does, so that the report shows it under the step for which it is done."""

from __future__ import annotations

import functools
import inspect
import re
from string import Formatter
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, Protocol, TypeVar

from ._errors import ConfigurationError, did_you_mean, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager


class Acting(Protocol):
    """Where actions are named: a scenario's world."""

    def action(self, title: str) -> AbstractContextManager[None]:
        """Name what is done meanwhile."""


W = TypeVar("W", bound=Acting)
P = ParamSpec("P")
T = TypeVar("T")

_PART: Final = re.compile(r"[.\[]")


def action(title: str) -> Callable[[Callable[Concatenate[W, P], T]], Callable[Concatenate[W, P], T]]:
    """Let a task, whose first argument is the world, be an action of that title: `@action("{name} pays with {card}")`.

    Braces hold the task's arguments by name, or what belongs to one (`{who.name}`), each told by its `str`.
    ConfigurationError says which of them the task does not have.
    """

    def named(task: Callable[Concatenate[W, P], T]) -> Callable[Concatenate[W, P], T]:
        signature = inspect.signature(task)
        _check(title, task.__qualname__, signature.parameters)

        @functools.wraps(task)
        def acting(world: W, /, *args: P.args, **kwargs: P.kwargs) -> T:
            with world.action(_told(title, signature, (world, *args), kwargs)):
                return task(world, *args, **kwargs)

        return acting

    return named


def _check(title: str, task: str, known: Mapping[str, inspect.Parameter]) -> None:
    for _, field, _, _ in Formatter().parse(title):
        name = None if field is None else _PART.split(field)[0]
        if name is not None and name not in known:
            hint = did_you_mean(name, known)
            msg = f"The title {title!r} of {task} tells of {name!r}, which is no argument of {task}."
            raise ConfigurationError(sentence(msg, hint))


def _told(title: str, signature: inspect.Signature, args: tuple[object, ...], kwargs: Mapping[str, Any]) -> str:
    try:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        return title.format(**given.arguments)
    except Exception:  # noqa: BLE001 - a title that cannot be told is no reason for a task to fail
        return title
