"""Playing in the conductor what a worker has recorded: models, formatters and terminal are as after a serial run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from behave.formatter.base import Formatter
from behave.matchers import Match, NoMatch
from behave.model import Step
from behave.model_type import Argument, Status

from .._marks import COUNTED, FLAKY, TOOK
from .._tell import tell
from ._attempts import has_failed
from ._outcome import cleaned, take
from ._words import take_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ._channel import Message
    from ._tape import Entry


_SAID: Final = ("scenario", "step", "match", "result", "embedding")


class Player:
    """Plays tapes to the formatters of a runner, with texts as `clean` lets them be read."""

    def __init__(self, runner: Any, clean: Callable[[str], str] = str) -> None:  # noqa: ANN401 - behave's runner
        self._runner, self._clean = runner, clean
        registry = runner.step_registry
        self._functions: Mapping[str, Callable[..., Any]] = {
            str(each.location): each.func for kind in registry.steps.values() for each in kind
        }
        self._hearers = {name: list(_hearers(name, runner.formatters)) for name in _SAID}

    def scenario(self, scenario: Any, outcome: Message) -> bool:  # noqa: ANN401 - behave has no types
        """Let a scenario be what it has become; whether it failed."""
        if "background" in outcome:  # its hooks have run elsewhere, and may have left something out
            given = scenario.background_steps
            scenario._background_steps = given[len(given) - outcome["background"] :]  # noqa: SLF001 - no other way
        words = outcome.get("words")
        if words is not None:
            take_words(scenario, words["steps"])
        self._play(outcome["tape"], scenario, list(scenario.all_steps))
        setattr(scenario, TOOK, outcome["took"])
        setattr(scenario, COUNTED, outcome["attempt"])
        setattr(scenario, FLAKY, outcome.get("flaky", False))
        if words is not None:
            scenario.name = words["name"]
        for step in outcome.get("undefined", ()):
            self._runner.undefined_steps.append(Step(*step))
        return settle(scenario, outcome | {"state": cleaned(outcome["state"], self._clean)})

    def printed(self, tape: Sequence[Entry]) -> None:
        """Say what was printed on a tape, and nothing else of it."""
        self._play([each for each in tape if each[0] in {"out", "err"}], None, [])

    def _play(self, tape: Sequence[Entry], scenario: Any, steps: Sequence[Any]) -> None:  # noqa: ANN401
        announced = 0
        for kind, *what in tape:
            if kind == "passed":
                self._results(steps[what[0] :], what[1])
            elif kind == "result":
                self._results(steps[what[0] :], what[1:2], *what[2:])
            elif kind == "match":
                self._call("match", self._match(*what))
            elif kind == "find":
                self._call("match", self._runner.step_registry.find_match(steps[what[0]]) or NoMatch())
            elif kind == "steps":
                for step in steps[announced : announced + what[0]]:
                    self._call("step", step)
                announced += what[0]
            elif kind == "scenario":
                announced = 0
                scenario.clear_status()
                scenario.name = what[0]
                self._call("scenario", scenario)
            elif kind == "embed":
                self._embed(scenario, what[0], what[1] if what[2] else what[1].encode("latin-1"))
            else:
                stream = sys.stdout if kind == "out" else sys.stderr
                stream.write(what[0])
                stream.flush()

    def _results(self, steps: Sequence[Any], durations: Sequence[float], state: Any = None) -> None:  # noqa: ANN401
        """As many as there are durations; of a step that a later one has removed, none."""
        for step, duration in zip(steps, durations, strict=False):
            self._result(step, duration, state)

    def _result(self, step: Any, duration: float, state: Any = None) -> None:  # noqa: ANN401
        if state is not None:
            take(step, cleaned(state, self._clean))
        else:
            if step.error_message is not None:
                step.reset()  # an earlier attempt of behave's autoretry failed here
            step.status = Status.passed
        step.duration = duration
        self._call("result", step)

    def _embed(self, scenario: Any, mime_type: str, data: object) -> None:  # noqa: ANN401
        """Pass an attachment on; in a serial run a formatter that cannot take it fails the step, and so the run."""
        for heard in self._hearers["embedding"]:
            try:
                heard(mime_type, data)
            except Exception as error:  # noqa: BLE001 - a formatter may raise anything
                self._runner.hook_failures += 1
                tell(f"{scenario.location}: what was attached as {mime_type} was refused: {error!r}")

    def _match(self, location: str | None, arguments: Sequence[Sequence[Any]] = ()) -> object:
        if location is None:
            return NoMatch()
        return Match(self._functions.get(location), [Argument(*each) for each in arguments])

    def _call(self, name: str, *arguments: object) -> None:
        for heard in self._hearers[name]:
            heard(*arguments)


def _hearers(name: str, formatters: Sequence[Any]) -> Iterator[Callable[..., object]]:
    """What is to be called: not what behave's formatters inherit and do nothing in."""
    for formatter in formatters:
        heard = getattr(formatter, name, None)
        if heard is not None and getattr(heard, "__func__", heard) is not getattr(Formatter, name, None):
            yield heard


def settle(scenario: Any, outcome: Message) -> bool:  # noqa: ANN401 - behave has no types
    """Let a scenario, and its steps that no formatter hears of, be as they ended; whether it failed."""
    for step, status in zip(scenario.all_steps, outcome.get("rest", ()), strict=False):
        if step.status.name != status:
            step.set_status(Status[status])
    take(scenario, outcome["state"])
    return has_failed(outcome)


def settle_silently(scenario: Any, outcome: Message) -> None:  # noqa: ANN401 - behave has no types
    """Let a scenario and all its steps be what they have become, and tell no formatter."""
    steps = list(scenario.all_steps)
    for kind, *what in outcome["tape"]:
        if kind == "passed":
            for step, duration in zip(steps[what[0] :], what[1], strict=False):
                step.duration = duration
        elif kind == "result":
            index, steps[what[0]].duration, *state = what
            for each in state:
                take(steps[index], each)
    settle(scenario, outcome)
