"""What a suite adds to running side by side, and what the user has asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from .._limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from behave.model import Scenario


class Staff(Protocol):
    """What workers and their conductor need of a run scope: its `staff`."""

    def expect_worker(self, worker: str) -> None:
        """In the conductor, right before a worker is forked: make what both are to share."""

    def enter_worker(self, worker: str, tell: Callable[[], object]) -> None:
        """In a worker, right after it was forked: open what a process needs for itself; `tell` sends news at once."""

    def leave_worker(self) -> None:
        """In a worker, at its end: close that; an error says what did not."""

    def worker_news(self) -> Any:  # noqa: ANN401 - any JSON
        """In a worker: what the conductor should know that it did not know when it was asked last."""

    def hear_worker(self, news: Any) -> Any:  # noqa: ANN401 - any JSON
        """In the conductor: the news of a worker; what of it the others should hear, None if nothing."""

    def hear_others(self, news: Any) -> None:  # noqa: ANN401 - any JSON
        """In a worker, before its next scenario or at the end of the one that it runs: the news of another."""

    def clean(self, text: str) -> str:
        """In the conductor: an error, or captured output, as everybody may read it."""

    def bury(self, scenario: Scenario, attempt: int, worker: str, began: float) -> None:
        """In the conductor: a scenario's process has died; undo what it left, and write down what has become of it."""


class Nobody:
    """The staff of a suite without a run scope."""

    def expect_worker(self, worker: str) -> None:
        """Nothing is to be shared."""

    def enter_worker(self, worker: str, tell: Callable[[], object]) -> None:
        """Nothing is to be opened."""

    def leave_worker(self) -> None:
        """Nothing is to be closed."""

    def worker_news(self) -> None:
        """There are none."""

    def hear_worker(self, news: object) -> None:
        """There are none."""

    def hear_others(self, news: object) -> None:
        """There are none."""

    def clean(self, text: str) -> str:
        """It is the same."""
        return text

    def bury(self, scenario: Scenario, attempt: int, worker: str, began: float) -> None:
        """Nothing was left."""


@dataclass(frozen=True)
class Policy:
    """How scenarios are run: `jobs` at once, as long ones first unless `as_given`; `known` are seconds of earlier runs.

    A scenario that failed runs again up to `retries` times, at the end and alone; with `repeat`, each runs that often,
    and `until_failure` no more often than it takes to fail.
    """

    jobs: int
    as_given: bool = False
    by_feature: bool = False
    known: Mapping[str, float] = field(default_factory=dict)
    retries: int = 0
    repeat: int = 1
    until_failure: bool = False
    limits: Limits = field(default_factory=Limits)
