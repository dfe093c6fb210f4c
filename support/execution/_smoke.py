"""Smoke first: if the system is sick, a few scenarios say so, and the rest does not start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from ._identity import title_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from behave.model import Feature, Scenario

SMOKE: Final = "smoke"


def smoke_of(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """The scenarios that are tagged @smoke, or stand in a rule or feature that is; none if there is nothing else."""
    smoke = [each for each in scenarios if SMOKE in each.effective_tags]
    return smoke if len(smoke) < len(scenarios) else []


class SmokeGate:
    """Lets scenarios run as long as no smoke scenario has failed; then only the other smoke scenarios.

    `stopped` says why not even those may run; by default they may.
    """

    def __init__(self, smoke: Sequence[Scenario]) -> None:
        self._smoke = {id(each): place for place, each in enumerate(smoke)}
        self.stopped: Callable[[], str] = str
        self.failed: list[Scenario] = []

    def guard(self, features: Sequence[Feature]) -> None:
        """Have each element of the features ask this gate before it runs."""
        for feature in features:
            for item in (feature, *feature.walk_scenarios(with_rules=True)):
                item.run = self._guarded(item)

    def reason(self) -> str:
        """Why the rest did not start; empty if it did."""
        if stopped := self.stopped():
            return stopped
        if not self.failed:
            return ""
        ordered = sorted(self.failed, key=lambda each: self._smoke[id(each)])  # workers fail in any order
        names = ", ".join(f"{title_of(each)!r} ({each.location})" for each in ordered)
        return f"Not started, because smoke failed: {names}."

    def _guarded(self, item: Any) -> Any:  # noqa: ANN401 - behave's model has no types
        run = item.run
        inside = [item] if item.type == "scenario" else item.walk_scenarios()
        smoke = [each for each in inside if id(each) in self._smoke]

        def run_if_open(runner: object) -> bool:
            if self.stopped() or (self.failed and not smoke):
                return False
            failed = bool(run(runner))
            if smoke and (item.hook_failed or (failed and item.type == "scenario")):
                known = {id(each) for each in self.failed}  # behave's == compares names
                self.failed += [each for each in smoke if id(each) not in known]
            return failed

        return run_if_open
