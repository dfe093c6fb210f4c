"""The conductor: behave's serial run of all features, in which workers do the running.

In this process behave walks through features, rules and scenarios in their order, and tells formatters and reporters
what it always tells them. Only where it would run a scenario or a hook, it waits for what a worker has made of it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from .._identity import scenario_id
from .._tell import tell
from ._attempts import has_failed
from ._ledger import BROKEN
from ._outcome import skip, take, take_captured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .._signals import Interruptions
    from ._attempts import Unsteady
    from ._channel import Message
    from ._crew import Crew
    from ._ledger import Ledger
    from ._live import Live
    from ._overseer import Overseer
    from ._plan import Item
    from ._replay import Player

_INTERRUPTED: Final = "Interrupted. What runs is torn down; once more ends it now."


class Conductor:
    """Stands in for scenarios and hooks in a runner of behave's; a crew runs them, and a ledger knows how it went."""

    def __init__(
        self,
        runner: Any,  # noqa: ANN401 - behave has no types
        ledger: Ledger,
        crew: Crew,
        interruptions: Interruptions,
        *,
        aside: list[Any],
        overseer: Overseer,
        clean: Callable[[str], str],
    ) -> None:
        self._overseer, self._clean = overseer, clean
        self._runner, self._ledger, self._crew, self._interruptions = runner, ledger, crew, interruptions
        self._aside = aside
        self._inside: defaultdict[int, set[int]] = defaultdict(set)
        self._interrupted = self._failed = False
        self._unclean: set[int] = set()
        self._player: Player
        self._live: Live
        containers: dict[int, int] = {}
        for item in ledger.items:
            item.scenario.run = partial(self._run, item)
            for container in item.path:
                if id(container) not in containers:
                    containers[id(container)] = container.rehearsal_number = len(containers)
                    container.run = partial(self._run_container, container, container.run)
                self._inside[container.rehearsal_number].add(item.number)

    @property
    def unsteady(self) -> list[Unsteady]:
        """The scenarios that both passed and did not."""
        return self._ledger.unsteady()

    @property
    def took(self) -> Mapping[str, float]:
        """How long each scenario took that has run, in seconds by its id."""
        items = self._ledger.items
        return {scenario_id(items[number].scenario): each["took"] for number, each in self._ledger.outcomes.items()}

    def features(self, features: Iterable[Any]) -> Iterator[Any]:
        """The features in their order; one of which nothing was to run says nothing once the run is broken off."""
        for feature in features:
            if self._failed and self._ledger.stopped and not self._has_part(feature):
                feature.run = lambda _runner: False  # nobody asks it again
            yield feature

    def _says_nothing(self, container: Any) -> bool:  # noqa: ANN401 - a feature or a rule
        """Whether nothing of it has begun, not even its hooks, because the run was broken off or smoke failed."""
        number, ran = container.rehearsal_number, self._ledger.outcomes.keys()
        self._until(lambda: not ran.isdisjoint(self._inside[number]) or self._all_resolved(number))
        begun = self._ledger.opened[number] or not ran.isdisjoint(self._inside[number])
        return bool(self._ledger.stopped or self._ledger.given_up) and not begun

    def hook(self, name: str, *of: Any) -> None:  # noqa: ANN401 - behave's model elements
        """What a hook has done in a worker, where behave would run it here."""
        if name == "before_all":
            self._start()
        elif name == "after_all":
            self._finish()
        elif name in {"before_feature", "before_rule"} and self._has_part(of[0]):
            self._open(of[0])
        elif name in {"after_feature", "after_rule"} and self._has_part(of[0]):
            self._close(of[0])

    def _has_part(self, container: Any) -> bool:  # noqa: ANN401 - a feature or a rule
        return hasattr(container, "rehearsal_number")

    def _start(self) -> None:
        self._aside += filter(_listens_in_workers, self._runner.formatters)
        self._runner.formatters = [each for each in self._runner.formatters if each not in self._aside]
        self._interruptions.closing = True  # the first one is handed on to the workers; here, it only counts
        self._crew.start(self._heed)
        from ._live import Live  # what workers need not wait for
        from ._replay import Player

        self._player = Player(self._runner, self._clean)
        self._live = Live(self._ledger, self._crew, self._runner.formatters)
        self._until(lambda: bool(self._ledger.set_up))
        if set_up := self._ledger.set_up:
            self._player.printed(set_up[0]["tape"])

    def _run(self, item: Item, runner: Any) -> bool:  # noqa: ANN401 - behave has no types
        self._until(lambda: self._ledger.resolved(item.number))
        outcome = self._ledger.outcomes.get(item.number)
        if outcome is None and item.scenario.should_skip:
            return bool(type(item.scenario).run(item.scenario, runner))  # its rule or feature was skipped by a hook
        failed = self._player.scenario(item.scenario, outcome) if outcome else False
        self._ledger.played(item.number)
        self._failed = self._failed or failed
        return failed

    def _run_container(self, container: Any, run: Callable[[Any], bool], runner: Any) -> bool:  # noqa: ANN401
        """As behave; what its clean-ups did in a worker is known, and happens nowhere else."""
        if self._says_nothing(container):
            return False
        failed = run(runner)
        if container.rehearsal_number in self._unclean:
            container.set_status("cleanup_error")
        return failed or container.rehearsal_number in self._unclean

    def _open(self, container: Any) -> None:  # noqa: ANN401 - a feature or a rule
        number = container.rehearsal_number
        opened = self._ledger.opened[number]
        self._until(lambda: bool(opened) or self._all_resolved(number))
        if self._ledger.hooks_failed(number):  # where they have not failed, scenarios may run all the same
            self._until(lambda: self._all_resolved(number))
        none_ran = self._inside[number].isdisjoint(self._ledger.outcomes)
        for message in sorted(opened, key=lambda each: bool(each["state"].get("hook_failed")) is not none_ran)[:1]:
            self._player.printed(message["tape"])
            take_captured(container, message["state"])
            if message["state"].get("hook_failed") and none_ran:
                take(container, message["state"])
            if "skip" in message["state"]:
                skip(container, message["state"]["skip"])

    def _close(self, container: Any) -> None:  # noqa: ANN401 - a feature or a rule
        number = container.rehearsal_number
        self._until(lambda: self._all_resolved(number) and not self._ledger.is_open(number))
        if not container.hook_failed:  # it has opened in another worker, and is told of this one last
            self._print_once(each for each in self._ledger.opened[number] if each["state"].get("hook_failed"))
        messages = sorted(self._ledger.closed[number], key=lambda each: not has_failed(each))
        bad = [each for each in messages if each["state"]["status"] in BROKEN]
        self._print_once(bad or messages[:1])
        for state in (each["state"] for each in bad or messages[:1]):
            take_captured(container, state)
            if state["status"] == "cleanup_error":
                self._unclean.add(number)
            elif state["status"] == "hook_error" and not container.hook_failed:
                take(container, state)

    def _finish(self) -> None:
        ledger = self._ledger
        self._until(lambda: all(ledger.resolved(item.number) for item in ledger.items))
        self._crew.dismiss()
        self._until(lambda: not self._crew.workers)
        if ledger.set_up and not ledger.set_up[0]["aborted"]:  # else it is told already why before_all failed
            self._print_once(each for each in ledger.set_up if each["aborted"])
        bad = [each for each in ledger.torn_down if each["cleanup_errors"] or each["after_all_failed"]]
        well = [each for each in ledger.torn_down if each["after_all_ran"]]  # not one that sys.exit() has ended
        self._print_once(bad or (well or ledger.torn_down)[:1])
        told = {id(item.scenario) for item in ledger.items if ledger.told_by_worker(item.number)}
        for formatter in self._aside:
            if (conclude := getattr(formatter, "conclude", None)) is not None:
                conclude(self._runner, lambda scenario: id(scenario) in told)
        ledger.troubles += dict.fromkeys(each["trouble"] for each in ledger.torn_down if each["trouble"])
        unclean = sum(each["cleanup_errors"] for each in ledger.torn_down)
        self._runner.hook_failures += sum(each["hook_failures"] for each in ledger.torn_down)
        self._runner.hook_failures += unclean + len(ledger.troubles)  # either makes the run a failed one
        if ledger.aborted or self._interruptions.seen:
            self._runner.aborted = True
        for trouble in (*ledger.troubles, ledger.stopped if ledger.aborted and ledger.stopped != _INTERRUPTED else ""):
            tell(trouble)

    def _print_once(self, messages: Iterable[Message]) -> None:
        """What went the same way in several workers is told as if there were one."""
        told: list[object] = []
        for tape in (each["tape"] for each in messages):
            if tape not in told:
                told.append(tape)
                self._player.printed(tape)

    def _all_resolved(self, container: int) -> bool:
        return all(map(self._ledger.resolved, self._inside[container]))

    def _until(self, true: Callable[[], bool]) -> None:
        """Let workers work until something is true, or nobody is left who could make it so."""
        while not true():
            if not self._crew.workers:
                self._ledger.give_up()
                return
            self._crew.pump()
            self._live.tell()
            self._overseer.watch(self._crew.workers.values())
            self._heed()

    def _heed(self) -> None:
        """Hand an interruption on to the workers."""
        if self._interruptions.seen and not self._interrupted:
            self._interrupted = True
            tell(_INTERRUPTED)  # at once: it may take a while
            self._ledger.stop(_INTERRUPTED)
            self._crew.interrupt()


def _listens_in_workers(formatter: object) -> bool:
    """Whether a formatter wants to hear where things happen, as what it writes has times and attachments of its own.

    It says so by `runs_in_workers`. It is told there which worker it is in (`in_worker`), and at the end here, where it
    has heard nothing, what to add (`conclude`); both if it has them. allure-behave's cannot say so, and needs it.
    """
    kind = type(formatter)
    return bool(getattr(kind, "runs_in_workers", kind.__module__.partition(".")[0] == "allure_behave"))
