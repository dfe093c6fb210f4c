"""What was done, as Allure's nested steps: actions within actions, and the evidence in the one that left it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ._attachments import rank
from ._details import details

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ...core import Action
    from ...record import EvidenceRecord
    from ._attachments import Attachments

_DEEDS: Final = frozenset({"http.exchange", "browser.request", "sql.query", "cache.read", "message", "mail", "clock"})
_FINISHED: Final = "finished"


def milliseconds(seconds: float) -> int:
    """Unix seconds as Allure counts them."""
    return round(seconds * 1000)


def item(name: str, status: str, started_at: float, duration: float) -> dict[str, Any]:
    """What a step, a fixture and a result have in common."""
    start = milliseconds(started_at)
    stop = max(start, milliseconds(started_at + duration))
    return {"name": name, "status": status, "stage": _FINISHED, "start": start, "stop": stop}


class Tree:
    """The actions and the evidence of a scenario or a fixture; each is hung up once, where it belongs."""

    def __init__(self, attachments: Attachments, actions: Sequence[Action], evidence: Sequence[EvidenceRecord]) -> None:
        self._attachments, self._actions, self._evidence = attachments, actions, evidence
        self._left_actions, self._left_evidence = set(range(len(actions))), set(range(len(evidence)))

    def hang(self, onto: dict[str, Any], takes: Callable[[int | None, float], bool]) -> None:
        """Put onto an item what is not hung up yet and whose step and time it takes, in the order of time."""
        if not self._left_actions and not self._left_evidence:
            return
        tops = [
            index
            for index in sorted(self._left_actions)
            if self._actions[index].parent is None and takes(self._actions[index].step, self._actions[index].started_at)
        ]
        loose = [
            index
            for index in sorted(self._left_evidence)
            if self._loose(index) and takes(self._evidence[index].step, self._evidence[index].at)
        ]
        self._fill(onto, tops, loose)

    def _fill(self, onto: dict[str, Any], actions: list[int], evidence: list[int]) -> None:
        self._left_actions.difference_update(actions)
        self._left_evidence.difference_update(evidence)
        steps = [self._action(index) for index in actions]
        for exhibit in sorted((self._evidence[index] for index in evidence), key=rank):
            if exhibit.file is None or exhibit.kind in _DEEDS:
                steps.append(self._deed(exhibit))
            else:
                onto.setdefault("attachments", []).extend(self._attachments.of(exhibit))
        if steps:
            onto.setdefault("steps", []).extend(sorted(steps, key=lambda step: step["start"]))

    def _action(self, index: int) -> dict[str, Any]:
        action = self._actions[index]
        step = item(action.title, action.status, action.started_at, action.duration)
        if action.parameters:
            step["parameters"] = [{"name": name, "value": value} for name, value in action.parameters.items()]
        if action.error:
            step["statusDetails"] = details(action.error)
        self._fill(step, list(self._inside(index)), [at for at in self._left_evidence if self._in(at, index)])
        return step

    def _inside(self, index: int) -> Iterator[int]:
        return (each for each in sorted(self._left_actions) if self._actions[each].parent == index)

    def _loose(self, exhibit: int) -> bool:
        action = self._evidence[exhibit].action
        return action is None or action >= len(self._actions)

    def _in(self, exhibit: int, action: int) -> bool:
        return self._evidence[exhibit].action == action

    def _deed(self, exhibit: EvidenceRecord) -> dict[str, Any]:
        took = exhibit.data.get("elapsed")
        seconds = float(took) if isinstance(took, int | float) else 0.0
        step = item(exhibit.summary, "passed", exhibit.at - seconds, seconds)
        if attachments := self._attachments.of(exhibit):
            step["attachments"] = attachments
        return step
