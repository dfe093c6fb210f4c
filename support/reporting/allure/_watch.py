"""Seeing behave's hooks, fixtures and clean-ups where they run: the only place where what fails in them can be caught.

behave keeps of a failed clean-up that there was one, and of a failed hook a line. Its runner and its context are
patched while somebody observes, and put back when the last one leaves.
"""

from __future__ import annotations

import functools
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol

from behave.model import Step
from behave.runner import Context, ModelRunner

from ...execution import rule_of, scenario_id
from ._fixtures import rule_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    Behaves = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Occasion:
    """A hook, fixture or clean-up that runs: see `record.FixtureRecord`."""

    name: str
    when: str
    scope: str
    of: str


class Observer(Protocol):
    """Who wants to know; `runner` is the one that it has been told of."""

    runner: Any

    def saw(self, runner: Any) -> None:  # noqa: ANN401 - behave has no types
        """A runner that is new to it is about to call its first hook, whether there is one or not."""

    def around(self, occasion: Occasion) -> AbstractContextManager[None]:
        """What runs inside; its exception passes through."""

    def around_sub_step(self, step: Any) -> AbstractContextManager[None]:  # noqa: ANN401 - behave has no types
        """A step that another one has execute runs inside; afterwards it has its status."""

    def scenario_ended(self, runner: Any) -> None:  # noqa: ANN401 - behave has no types
        """A scenario has its final status."""


_SCOPES: Final = {"testrun": "run", "feature": "feature", "rule": "rule", "scenario": "scenario"}
_FIXTURES: Final = import_module("behave.fixture")  # in behave itself, that name is a decorator
_observers: list[Observer] = []
_originals: dict[tuple[Any, str], Any] = {}


def observe(observer: Observer) -> None:
    """Tell an observer from now on."""
    if not _observers:
        _patch(ModelRunner, "run_hook", _observed_hook)
        _patch(ModelRunner, "teardown_capture", _observed_end)
        _patch(Context, "_do_cleanups", _observed_cleanups)
        _patch(Step, "run", _observed_step)
        _patch(_FIXTURES, "_setup_fixture", _observed_fixture)
    _observers.append(observer)


def leave(observer: Observer) -> None:
    """Tell an observer no more; a second time does nothing."""
    _observers[:] = [each for each in _observers if each is not observer]
    if not _observers:
        for (owner, name), original in _originals.items():
            setattr(owner, name, original)
        _originals.clear()


def key_of(item: Any) -> str:  # noqa: ANN401 - a feature, a rule or a scenario
    """The key of what a fixture belongs to: a scenario's id, a feature's file, or the rule in its file."""
    if item is None:
        return ""
    if item.type == "scenario":
        return scenario_id(item)
    file = str(item.filename).replace("\\", "/")
    return file if item.type == "feature" else rule_key(file, rule_of(item))


def innermost(context: Any) -> Any:  # noqa: ANN401 - behave has no types
    """The scenario, rule or feature that a context stands in; None outside all."""
    return next((item for name in ("scenario", "rule", "feature") if (item := getattr(context, name, None))), None)


def _patch(owner: Any, name: str, observed: Callable[[Behaves], Behaves]) -> None:  # noqa: ANN401 - class or module
    original = _originals[owner, name] = getattr(owner, name)
    setattr(owner, name, functools.wraps(original)(observed(original)))


def _observed_hook(original: Behaves) -> Behaves:
    def run_hook(runner: Any, name: str, *args: Any) -> Any:  # noqa: ANN401 - behave's own
        for observer in _observers:
            if observer.runner is not runner:
                observer.saw(runner)
        if name not in runner.hooks or not runner.should_run_hook(name):
            return original(runner, name, *args)
        hook = runner.hooks[name]
        runner.hooks[name] = _inside(hook, _occasion_of_hook(runner.context, name, args))
        try:
            return original(runner, name, *args)
        finally:
            runner.hooks[name] = hook

    return run_hook


def _observed_step(original: Behaves) -> Behaves:
    def run(step: Any, runner: Any, quiet: bool = False, capture: bool = True) -> Any:  # noqa: ANN401, FBT001, FBT002 - behave's own
        if not quiet:
            return original(step, runner, quiet, capture)
        with ExitStack() as stack:  # `execute_steps` is quiet
            for observer in _observers:
                stack.enter_context(observer.around_sub_step(step))
            return original(step, runner, quiet, capture)

    return run


def _observed_end(original: Behaves) -> Behaves:
    def teardown_capture(runner: Any) -> Any:  # noqa: ANN401 - behave's own
        for observer in _observers:  # the last thing that behave does with a scenario
            observer.scenario_ended(runner)
        return original(runner)

    return teardown_capture


def _observed_cleanups(original: Behaves) -> Behaves:
    def do_cleanups(context: Any) -> Any:  # noqa: ANN401 - behave's own
        layer = context._stack[0] if context._stack else {}  # noqa: SLF001 - behave has no other way in
        if layer.get("@cleanups"):
            scope, item = _place_of(context)
            layer["@cleanups"] = [
                _inside(cleanup, Occasion(f"clean-up: {_name_of(cleanup)}", "after", scope, key_of(item)))
                for cleanup in layer["@cleanups"]
            ]
        return original(context)

    return do_cleanups


def _observed_fixture(original: Behaves) -> Behaves:
    def setup_fixture(fixture: Any, context: Any, *args: Any, **values: Any) -> Any:  # noqa: ANN401 - behave's own
        scope, item = _place_of(context)
        occasion = Occasion(f"fixture: {_plain_name(fixture)}", "before", scope, key_of(item))
        return _inside(original, occasion)(fixture, context, *args, **values)

    return setup_fixture


def _place_of(context: Any) -> tuple[str, Any]:  # noqa: ANN401 - behave has no types
    """The scope and the element of the innermost layer."""
    layers = (layer["@layer"] for layer in context._stack if layer.get("@layer"))  # noqa: SLF001 - no other way in
    scope = _SCOPES.get(next(layers, "testrun"), "run")
    return scope, None if scope == "run" else getattr(context, scope, None)


def _occasion_of_hook(context: Any, name: str, args: tuple[Any, ...]) -> Occasion:  # noqa: ANN401 - behave has no types
    when, _, about = name.partition("_")
    item: Any = args[-1] if args else None
    if about == "all":
        return Occasion(name, when, "run", "")
    if about == "tag":
        return Occasion(f"{name} @{item}", when, about, key_of(innermost(context)))
    if about == "step":
        return Occasion(f"{name} ({item.keyword} {item.name})", when, about, key_of(innermost(context)))
    return Occasion(name, when, about, key_of(item))


def _inside(function: Callable[..., Any], occasion: Occasion) -> Callable[..., Any]:
    @functools.wraps(function)
    def observed(*args: Any, **values: Any) -> Any:  # noqa: ANN401 - the suite's own
        __tracebackhide__ = True
        with ExitStack() as stack:
            for observer in _observers:
                stack.enter_context(observer.around(occasion))
            return function(*args, **values)

    return observed


def _name_of(cleanup: Any) -> str:  # noqa: ANN401 - the suite's own
    """The name of the function that the suite gave: behave wraps those with arguments, and the ends of fixtures."""
    code, cells = getattr(cleanup, "__code__", None), getattr(cleanup, "__closure__", None) or ()
    inner = dict(zip(code.co_freevars, cells, strict=True)) if code else {}
    wrapped = inner.get("cleanup_func") or inner.get("fixture_func")
    return _plain_name(wrapped.cell_contents if wrapped else cleanup)


def _plain_name(function: Any) -> str:  # noqa: ANN401 - the suite's own
    inner = getattr(function, "func", function)  # a partial has a function inside
    return str(getattr(inner, "__qualname__", "") or type(inner).__name__).replace("<locals>.", "")
