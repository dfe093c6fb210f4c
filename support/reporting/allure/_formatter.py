"""Allure results of any behave suite: `behave -f support.reporting:AllureFormatter -o DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from behave.formatter.base import Formatter

from ...core import Exhibit
from ._live import LiveResults
from ._options import Options
from ._selection import TestPlan

if TYPE_CHECKING:
    from collections.abc import Callable

    from behave.configuration import Configuration
    from behave.formatter.base import StreamOpener
    from behave.model import Feature, Scenario, Step
    from behave.runner import ModelRunner

_DEFAULT: Final = "allure-results"


class AllureFormatter(Formatter):  # type: ignore[misc] # behave has no types
    """Writes a result as soon as its final status is known, and one that says so for what a killed run was in.

    In a suite whose run makes results of its record (it has `results_to`), they are asked for at DIR too, and nothing
    is written here.
    """

    name = "allure"
    runs_in_workers = True
    description = "Allure results that tell the truth, one file a scenario"

    def __init__(self, stream_opener: StreamOpener, config: Configuration) -> None:
        super().__init__(stream_opener, config)
        self._path = Path(stream_opener.name or _DEFAULT)
        self._plan = TestPlan()
        options = Options.read(config.userdata, show_skipped=bool(config.show_skipped))
        self._live = LiveResults(self._path, config, options)
        self._closed = self._handed_over = False
        self._asks_the_run()  # our runner knows its scope by now, and tells of it though it may not open

    def did_not_open(self, runner: ModelRunner, error: BaseException) -> None:
        """The scope that the runner was to open around the scenarios did not; no hook runs, nor any scenario."""
        if not self._asks_the_run():
            self._live.did_not_open(runner, error)

    def in_worker(self, worker: str) -> None:
        """Tell of nothing but the part of the scenarios that runs in this process."""
        self._live.in_worker(worker)

    def conclude(self, runner: ModelRunner, told: Callable[[Scenario], bool]) -> None:
        """Workers have told of all scenarios that they ended: tell of the others, and of the run."""
        if not self._asks_the_run():
            self._live.conclude(runner, told)

    def uri(self, _uri: str) -> None:
        """A feature is about to begin: the first thing that behave says after the hook that may open a run."""
        self._asks_the_run()

    def feature(self, feature: Feature) -> None:
        """A feature begins; what a test plan leaves out is skipped."""
        self._plan.apply(feature)
        if not self._asks_the_run():
            self._live.feature(feature)

    def scenario(self, scenario: Scenario) -> None:
        """An attempt at a scenario begins: its hooks, its steps and its clean-ups are still to come."""
        if not self._asks_the_run():
            self._live.begin(scenario)

    def step(self, step: Step) -> None:
        """A step of the scenario that runs is announced."""
        self._live.announce(step)

    def match(self, _match: object) -> None:
        """The next step begins: behave has found its definition, or that there is none."""
        self._live.begin_step()

    def result(self, _step: Step) -> None:
        """The step has ended, its hooks too."""
        self._live.end_step()

    def embedding(self, mime_type: str, data: str | bytes) -> None:
        """`context.attach` of behave."""
        told = getattr(self.config.run_scope, "collector", None) if self._asks_the_run() else None
        (told or self._live.collector).evidence().keep(Exhibit("attachment", "Attachment", data, mime_type))

    def eof(self) -> None:
        """The feature has ended, its hooks and clean-ups too."""
        self._live.end_feature()

    def close(self) -> None:
        """The run has ended; if it was not asked before, it is too late for that, and what was heard is written."""
        if self._closed:
            return
        self._closed = True
        if not self._handed_over:
            self._live.close()

    def _asks_the_run(self) -> bool:
        """Whether the run makes results; at first sight it is told where, for it may close before the formatters."""
        folders: list[Path] | None = getattr(getattr(self.config, "run_scope", None), "results_to", None)
        if folders is None:
            return False
        if self._path not in folders:
            folders.append(self._path)
        self._live.collector.remove()
        self._handed_over = True
        return True
